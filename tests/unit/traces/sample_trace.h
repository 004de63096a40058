#pragma once

#include <filesystem>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "traces/reader.h"
#include "traces/writer.h"

namespace ernsim::test {

/// Beats with everything they point to.
struct OwnedBeats {
  Port port = Port::convolution_accumulators_out;
  Instruction instruction;
  bool has_instruction = true;
  std::vector<Cycle> cycles;
  std::vector<std::uint32_t> addresses;
  std::vector<std::uint8_t> data;
  bool listed_cycles = true, listed_addresses = true;  ///< false: consecutive ones are left to be counted

  PortBeats view(std::size_t word_bytes) const {
    PortBeats beats{port, has_instruction ? &instruction : nullptr, cycles.size(), cycles[0]};
    if (listed_cycles) beats.cycles = cycles.data();
    beats.first_address = addresses[0];
    if (listed_addresses) beats.addresses = addresses.data();
    beats.data = data.data();
    beats.word_bytes = word_bytes;
    return beats;
  }
};

/// A header with all channels of the default platform.
inline traces::Header sample_header(bool hashed = false) {
  traces::Header header;
  header.network = "sample";
  header.platform = "kv260";
  header.block_channels = 64;
  header.clock_period_ps = 8000;
  header.hashed = hashed;
  header.channels = traces::channels_of({});
  header.layers = {{"first", "act", ""}, {"second", "", "sums"}};
  return header;
}

/// A tile of 2 x 4 pixels written to F, a word of 64 sums each, in consecutive cycles.
inline OwnedBeats sample_tile(Cycle first_cycle, std::uint16_t layer = 1) {
  OwnedBeats beats;
  beats.instruction.unit = UnitId::convolution;
  beats.instruction.at = {layer, 2, 10, 20};
  beats.instruction.convolution.out_columns = 4;
  for (std::uint32_t i = 0; i < 8; ++i) {
    beats.cycles.push_back(first_cycle + i);
    beats.addresses.push_back(100 + i);
    for (std::uint32_t b = 0; b < 128; ++b) beats.data.push_back(static_cast<std::uint8_t>(7 * i + 3 * b + layer));
  }
  return beats;
}

/// Where a trace's header ends.
inline std::size_t body_of(const std::string& bytes) { return bytes.find('\n', bytes.find("\nend ") + 1) + 1; }

/// The bytes of a trace of these beats.
inline std::string trace_bytes(const std::vector<OwnedBeats>& all, bool hashed = false, traces::Filter filter = {}) {
  std::ostringstream out;
  const traces::Header header = sample_header(hashed);
  traces::Writer writer(out, header, std::move(filter));
  for (const auto& beats : all)
    writer.beats(beats.view(header.channels[static_cast<std::size_t>(beats.port)].word_bytes));
  writer.finish();
  return out.str();
}

/// A file that is gone with the object.
class TraceFile {
 public:
  explicit TraceFile(const std::string& bytes)
      : path_(std::filesystem::temp_directory_path() / ("ernsim_trace_" + std::to_string(std::random_device()()))) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  TraceFile(const TraceFile&) = delete;
  TraceFile& operator=(const TraceFile&) = delete;
  ~TraceFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// All runs of a channel.
inline std::vector<traces::Run> runs_of(const traces::Reader& trace, const std::string& channel) {
  std::vector<traces::Run> runs;
  const auto number = trace.channel(channel);
  if (!number) return runs;
  traces::RunCursor cursor(trace, *number);
  while (auto run = cursor.next()) runs.push_back(std::move(*run));
  return runs;
}

}  // namespace ernsim::test
