#include "traces/divergence.h"

#include <fmt/format.h>

#include "traces/coordinates.h"

namespace ernsim::traces {

namespace {

std::string place(const Beat& beat) { return fmt::format("address {:#x} in cycle {}", beat.address, beat.cycle); }

}  // namespace

Beat beat_of(const Run& run, std::size_t beat) {
  const std::size_t bytes = run.count == 0 ? 0 : run.data.size() / run.count;
  const auto begin = run.data.begin() + static_cast<std::ptrdiff_t>(beat * bytes);
  return {run.cycles[beat], run.addresses[beat], {begin, begin + static_cast<std::ptrdiff_t>(bytes)}};
}

std::string line_of(const char* whose, const Beat& beat, const char* mark) {
  return fmt::format("{:<9} cycle {:>9}  address {:#07x}  {}{}", whose, beat.cycle, beat.address,
                     hexadecimal(beat.data.data(), beat.data.size()), mark);
}

Divergence divergence_between(const Header& header, const Channel& channel, const char* what, const Run& expected,
                              std::size_t expected_beat, const Run* found, std::size_t found_beat) {
  const Beat golden = beat_of(expected, expected_beat);
  Divergence made;
  made.channel = channel.name;
  made.cycle = golden.cycle;
  made.what = what;
  made.expected = place(golden);
  made.found = found == nullptr ? "no such beat" : place(beat_of(*found, found_beat));
  std::size_t element = 0;
  if (made.what == "data") {
    const Beat other = beat_of(*found, found_beat);
    const auto difference = first_difference(channel, golden.data.data(), other.data.data());
    element = difference.element;
    made.expected = difference.expected;
    made.found = fmt::format("{} in cycle {}", difference.found, other.cycle);
  }
  made.where = coordinates(header, channel, expected, expected_beat, element);
  return made;
}

Divergence extra_beat(const Header& header, const Channel& channel, const Run& found, std::size_t beat) {
  Divergence made;
  made.channel = channel.name;
  made.what = "extra";
  made.cycle = found.cycles[beat];
  made.where = coordinates(header, channel, found, beat, 0);
  made.expected = "no more beats";
  made.found = fmt::format("address {:#x} in cycle {}", found.addresses[beat], found.cycles[beat]);
  return made;
}

}  // namespace ernsim::traces
