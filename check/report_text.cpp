#include <fmt/format.h>

#include "check/check.h"
#include "check/contracts.h"

namespace ernsim::check {

namespace {

std::string place_text(const Place& place, const traces::Header& header) {
  std::string text = fmt::format("cycle {}, {}", place.cycle, place.unit);
  if (place.layer < 0) return text;
  const auto layer = static_cast<std::size_t>(place.layer);
  return text + ", layer " + (layer < header.layers.size() ? header.layers[layer].name : std::to_string(place.layer));
}

}  // namespace

std::string to_text(const Report& report, const traces::Header& header) {
  std::string broken, open;
  std::uint64_t checked = 0, violations = 0;
  int kept = 0, violated = 0, unchecked = 0;
  for (const Contract& contract : contracts()) {
    const Tally& tally = report.tallies().at(contract.name);
    checked += tally.checked;
    violations += tally.violated;
    if (tally.violated > 0) {
      ++violated;
      broken += fmt::format("{}: {} of {} times; first in {}: {}. Contract: {}\n", contract.name, tally.violated,
                            tally.checked, place_text(tally.first, header), tally.shows, contract.says);
    } else if (tally.checked > 0) {
      ++kept;
    }
    if (tally.checked == 0) ++unchecked;
    if (tally.checked == 0 || !tally.lacking.empty())
      open += fmt::format("{} {}: {}\n", tally.checked == 0 ? "not checked:" : "checked in part:", contract.name,
                          tally.lacking.empty() ? "nothing in the trace is about it"
                                                : fmt::format("{}", fmt::join(tally.lacking, "; ")));
  }
  return broken + open +
         fmt::format("{}: of {} contracts {} kept, {} broken, {} not checked; {} times looked at, {} violations\n",
                     violated > 0 ? "broken" : "kept", contracts().size(), kept, violated, unchecked, checked,
                     violations);
}

}  // namespace ernsim::check
