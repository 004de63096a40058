#include "traces/vectors.h"

#include <fmt/format.h>

#include <algorithm>

#include "traces/coordinates.h"

namespace ernsim::traces {

namespace {

Cycle earliest_cycle(const Reader& trace) {
  Cycle earliest = never;
  for (std::size_t i = 0; i < trace.header().channels.size(); ++i)
    if (const auto run = RunCursor(trace, i).next()) earliest = std::min(earliest, run->first_cycle());
  return earliest;
}

}  // namespace

std::vector<VectorFile> write_vectors(const Reader& trace,
                                      const std::function<void(const std::string&, const std::string&)>& write) {
  const Cycle first = earliest_cycle(trace);
  std::vector<VectorFile> files;
  for (std::size_t i = 0; i < trace.header().channels.size(); ++i) {
    const Channel& channel = trace.header().channels[i];
    if (!trace.has_beats(i) || channel.timing) continue;
    std::string address, data, cycle;
    std::size_t beats = 0;
    RunCursor cursor(trace, i);
    while (const auto run = cursor.next()) {
      for (std::size_t b = 0; b < run->count; ++b, ++beats) {
        address += fmt::format("{:08x}\n", run->addresses[b]);
        cycle += fmt::format("{:08x}\n", run->cycles[b] - first);
        data += hexadecimal(run->data.data() + b * channel.word_bytes, channel.word_bytes).substr(2) + "\n";
      }
    }
    const auto add = [&](const char* what, const std::string& text, std::size_t bits) {
      files.push_back({fmt::format("{}.{}.memh", channel.name, what), channel.name, what, beats, bits});
      write(files.back().name, text);
    };
    add("address", address, 32);
    if (channel.word_bytes > 0) add("data", data, 8 * channel.word_bytes);
    add("cycle", cycle, 32);
  }
  return files;
}

}  // namespace ernsim::traces
