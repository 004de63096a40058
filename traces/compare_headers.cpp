#include "traces/compare_headers.h"

#include <fmt/format.h>

#include <map>
#include <type_traits>

namespace ernsim::traces {

std::vector<std::string> header_differences(const Header& golden, const Header& candidate) {
  std::vector<std::string> lines;
  const auto differ = [&lines](const std::string& what, const auto& expected, const auto& found) {
    const std::decay_t<decltype(expected)> unsaid{};
    if (expected != found && expected != unsaid && found != unsaid)
      lines.push_back(fmt::format("{}: {} and {}", what, expected, found));
  };
  differ("network", golden.network, candidate.network);
  differ("block_channels", golden.block_channels, candidate.block_channels);
  differ("clock_period_ps", golden.clock_period_ps, candidate.clock_period_ps);
  const std::map<std::string, std::string> known(golden.parameters.begin(), golden.parameters.end());
  for (const auto& [name, value] : candidate.parameters)
    if (const auto found = known.find(name); found != known.end()) differ(name, found->second, value);
  return lines;
}

}  // namespace ernsim::traces
