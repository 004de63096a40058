#include "traces/compare_layers.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace ernsim::traces {

namespace {

/// The hashes of those channels, by layer and channel's name.
std::map<std::pair<std::uint32_t, std::string>, LayerHash> by_name(const Reader& trace,
                                                                   const std::vector<std::string>& channels) {
  std::map<std::pair<std::uint32_t, std::string>, LayerHash> found;
  for (const LayerHash& each : trace.layer_hashes()) {
    if (each.channel >= trace.header().channels.size()) continue;
    const std::string& name = trace.header().channels[each.channel].name;
    if (std::find(channels.begin(), channels.end(), name) != channels.end()) found[{each.layer, name}] = each;
  }
  return found;
}

}  // namespace

void compare_layers(const Reader& golden, const Reader& candidate, const CompareOptions& options, Comparison& made) {
  if (options.mode == Mode::values || golden.layer_hashes().empty() || candidate.layer_hashes().empty()) return;
  const auto expected = by_name(golden, made.compared), found = by_name(candidate, made.compared);
  const bool cycles_count = options.mode == Mode::cycles && options.slack_cycles == 0 && !options.align;
  std::set<std::uint32_t> all, different;
  for (const auto& [place, hash] : expected) {
    all.insert(place.first);
    const auto other = found.find(place);
    if (other == found.end() || other->second.hash.values != hash.hash.values ||
        (cycles_count && other->second.hash.cycles != hash.hash.cycles))
      different.insert(place.first);
  }
  for (const auto& [place, hash] : found)
    if (expected.count(place) == 0) different.insert(place.first);
  made.layers = all.size();
  for (const std::uint32_t layer : different)
    made.different_layers.push_back(layer < golden.header().layers.size() ? golden.header().layers[layer].name
                                                                          : std::to_string(layer));
}

}  // namespace ernsim::traces
