#include "traces/ernsim_trace.h"

#include <fstream>
#include <optional>

#include "traces/chunk_writer.h"

using ernsim::traces::Channel;

struct ernsim_trace {
  explicit ernsim_trace(const char* file) : out(file, std::ios::binary | std::ios::trunc) {}

  std::ofstream out;
  ernsim::traces::Header header;
  std::vector<ernsim::Cycle> last;  ///< [channel]: cycle of its last beat
  std::optional<ernsim::traces::ChunkWriter> writer;

  ernsim::traces::ChunkWriter& started() {
    if (!writer) writer.emplace(out, header);
    return *writer;
  }
};

extern "C" {

ernsim_trace* ernsim_trace_open(const char* file) {
  auto* trace = new ernsim_trace(file);
  if (trace->out) return trace;
  delete trace;
  return nullptr;
}

int ernsim_trace_set(ernsim_trace* trace, const char* key, const char* value) try {
  if (trace->writer) return -1;
  const std::string name = key;
  if (name == "network")
    trace->header.network = value;
  else if (name == "platform")
    trace->header.platform = value;
  else if (name == "selection")
    trace->header.selection = value;
  else if (name == "block_channels")
    trace->header.block_channels = std::stoi(value);
  else if (name == "clock_period_ps")
    trace->header.clock_period_ps = std::stoll(value);
  else
    return -1;
  return 0;
} catch (const std::exception&) {
  return -1;
}

int ernsim_trace_channel(ernsim_trace* trace, const char* name, int word_bytes) {
  if (trace->writer || word_bytes < 0 || word_bytes > 4096) return -1;
  Channel channel;
  channel.name = name;
  channel.word_bytes = static_cast<std::size_t>(word_bytes);
  trace->header.channels.push_back(channel);
  trace->last.push_back(0);
  return static_cast<int>(trace->header.channels.size()) - 1;
}

int ernsim_trace_beat(ernsim_trace* trace, int channel, int64_t cycle, uint32_t address, const void* data) {
  if (channel < 0 || static_cast<std::size_t>(channel) >= trace->last.size()) return -1;
  const auto number = static_cast<std::size_t>(channel);
  if (cycle < trace->last[number]) return -1;
  trace->last[number] = cycle;
  ernsim::PortBeats beats{};
  beats.first_cycle = cycle;
  beats.first_address = address;
  beats.data = data;
  beats.word_bytes = trace->header.channels[number].word_bytes;
  trace->started().add(number, beats);
  return 0;
}

int ernsim_trace_close(ernsim_trace* trace) {
  trace->started().finish();
  trace->out.close();
  const int result = trace->out ? 0 : -1;
  delete trace;
  return result;
}

}  // extern "C"
