#pragma once

#include <string>
#include <vector>

#include "traces/header.h"
#include "traces/run.h"

namespace ernsim::traces {

/// One beat of a channel as it is printed.
struct Beat {
  Cycle cycle = 0;
  std::uint32_t address = 0;
  std::vector<std::uint8_t> data;
};

/// Where a channel first differs. `cycle` is the golden trace's, or the candidate's if the golden one has ended.
struct Divergence {
  std::string channel;
  Cycle cycle = 0;
  std::string what;   ///< "data", "address", "cycle", "missing", "extra", "hash"
  std::string where;  ///< layer, block and tensor coordinates, empty if unknown
  std::string expected, found;
  std::vector<std::string> around;  ///< beats before and after in both traces
};

/// A beat of a run with data.
Beat beat_of(const Run& run, std::size_t beat);

inline constexpr std::size_t shown_before = 3, shown_after = 3;  ///< beats around a divergence
/// A beat as a line: whose, cycle, address, data.
std::string line_of(const char* whose, const Beat& beat, const char* mark = "");

/// What a golden beat should be and what is there in its place; none there if `found` is null. Fills in everything but
/// the beats around.
Divergence divergence_between(const Header& header, const Channel& channel, const char* what, const Run& expected,
                              std::size_t expected_beat, const Run* found, std::size_t found_beat);
/// A beat that the golden trace does not have.
Divergence extra_beat(const Header& header, const Channel& channel, const Run& found, std::size_t beat);

}  // namespace ernsim::traces
