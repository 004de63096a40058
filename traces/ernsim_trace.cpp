#include "traces/ernsim_trace.h"

#include <algorithm>
#include <fstream>
#include <optional>

#include "traces/chunk_writer.h"

using ernsim::traces::Channel;

struct ernsim_trace {
  explicit ernsim_trace(const char* file) : out(file, std::ios::binary | std::ios::trunc) {}

  std::ofstream out;
  ernsim::traces::Header header;
  std::vector<ernsim::Cycle> last;  ///< [channel]: cycle of its last beat
  ernsim::Cycle flushed = 0;        ///< all beats before it are in the file
  std::optional<ernsim::traces::ChunkWriter> writer;

  ernsim::traces::ChunkWriter& started() {
    if (!writer) writer.emplace(out, header);
    return *writer;
  }
};

namespace {

/// A word of printable ASCII.
bool is_word(const std::string& name) {
  return !name.empty() && name != "-" &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127; });
}

void set_parameter(ernsim::traces::Header& header, const std::string& key, const std::string& value) {
  for (auto& [known, old] : header.parameters)
    if (known == key) {
      old = value;
      return;
    }
  header.parameters.emplace_back(key, value);
}

/// After so many cycles all beats go into the file: a bench that hangs and is killed leaves a trace.
constexpr ernsim::Cycle flush_interval_cycles = 1 << 16;

int flush(ernsim_trace& trace, ernsim::Cycle now) {
  trace.started().flush();
  trace.flushed = now;
  return trace.out ? 0 : -1;
}

}  // namespace

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
  else if (name.find('.') != std::string::npos && is_word(name) && is_word(value))
    set_parameter(trace->header, name, value);
  else
    return -1;
  return 0;
} catch (const std::exception&) {
  return -1;
}

int ernsim_trace_channel(ernsim_trace* trace, const char* name, int word_bytes) {
  for (const Channel& other : trace->header.channels)
    if (other.name == name) return -1;
  if (trace->writer || word_bytes < 0 || word_bytes > 4096 || !is_word(name)) return -1;
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
  return cycle - trace->flushed < flush_interval_cycles ? 0 : flush(*trace, cycle);
}

int ernsim_trace_flush(ernsim_trace* trace) {
  ernsim::Cycle now = trace->flushed;
  for (const ernsim::Cycle cycle : trace->last) now = std::max(now, cycle);
  return flush(*trace, now);
}

int ernsim_trace_close(ernsim_trace* trace) {
  trace->started().finish();
  trace->out.close();
  const int result = trace->out ? 0 : -1;
  delete trace;
  return result;
}

}  // extern "C"
