#pragma once

#include <functional>
#include <string>
#include <utility>

#include "traces/reader.h"

namespace ernsim::traces {

/// One file of test vectors.
struct VectorFile {
  std::string name;
  std::string channel;
  std::string what;  ///< "address", "data" or "cycle"
  std::size_t words = 0;
  std::size_t width_bits = 0;
  WordKind kind = WordKind::plain;
};

/// The first and the last cycle with a beat on a channel that does not only tell about time; none: {never, 0}.
std::pair<Cycle, Cycle> cycles_with_beats(const Reader& trace);

/// Writes each channel's beats as $readmemh files, a line per beat: CHANNEL.address.memh, CHANNEL.data.memh,
/// CHANNEL.cycle.memh. Cycles count from the trace's first beat. `write(name, text)` is called for every file.
std::vector<VectorFile> write_vectors(const Reader& trace,
                                      const std::function<void(const std::string&, const std::string&)>& write);

}  // namespace ernsim::traces
