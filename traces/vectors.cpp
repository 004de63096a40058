#include "traces/vectors.h"

#include <fmt/format.h>

#include <algorithm>

#include "traces/coordinates.h"

namespace ernsim::traces {

std::pair<Cycle, Cycle> cycles_with_beats(const Reader& trace) {
  Cycle first = never, last = 0;
  for (std::size_t i = 0; i < trace.header().channels.size(); ++i) {
    if (trace.header().channels[i].timing) continue;
    for (RunCursor cursor(trace, i); const auto run = cursor.next();) {
      first = std::min(first, run->first_cycle());
      last = std::max(last, run->cycles.back());
    }
  }
  return {first, last};
}

std::vector<VectorFile> write_vectors(const Reader& trace,
                                      const std::function<void(const std::string&, const std::string&)>& write) {
  const Cycle first = cycles_with_beats(trace).first;
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
    const auto add = [&](const char* what, const std::string& text, std::size_t bits, WordKind kind = WordKind::plain) {
      files.push_back({fmt::format("{}.{}.memh", channel.name, what), channel.name, what, beats, bits, kind});
      write(files.back().name, text);
    };
    add("address", address, 32);
    if (channel.word_bytes > 0) add("data", data, 8 * channel.word_bytes, channel.kind);
    add("cycle", cycle, 32);
  }
  return files;
}

}  // namespace ernsim::traces
