#include "sweep/points.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <unordered_set>

#include "workloads/network_plan.h"

namespace ernsim {

std::string selection_text(const SweepPoint& point) {
  std::string text = point.network + " " + point.stem + " " + point.input_size;
  for (const std::string& each : point.settings)
    if (workloads::is_network_setting(each)) text += " " + each;
  return text;
}

SweepPoint point_of(const SweepDefinition& definition, std::int64_t number) {
  SweepPoint point;
  const auto digit = [&number](std::size_t base) {
    const auto value = static_cast<std::size_t>(number % static_cast<std::int64_t>(base));
    number /= static_cast<std::int64_t>(base);
    return value;
  };
  for (auto axis = definition.axes.rbegin(); axis != definition.axes.rend(); ++axis)
    point.settings.insert(point.settings.begin(), axis->key + "=" + axis->values[digit(axis->values.size())]);
  point.input_size = definition.input_sizes[digit(definition.input_sizes.size())];
  point.stem = definition.stems[digit(definition.stems.size())];
  point.network = definition.networks[digit(definition.networks.size())];
  return point;
}

std::vector<std::size_t> points_of(const SweepDefinition& definition) {
  const auto grid = static_cast<std::size_t>(definition.grid());
  std::vector<std::size_t> points;
  if (definition.search) return points;
  if (definition.sample == 0) {
    points.resize(grid);
    std::iota(points.begin(), points.end(), std::size_t{0});
    return points;
  }
  // Floyd's algorithm: distinct numbers without a list of the whole grid; the same on every machine.
  std::mt19937_64 random(static_cast<std::uint64_t>(definition.seed));
  std::unordered_set<std::size_t> chosen;
  for (std::size_t top = grid - static_cast<std::size_t>(definition.sample); top < grid; ++top)
    if (!chosen.insert(random() % (top + 1)).second) chosen.insert(top);
  points.assign(chosen.begin(), chosen.end());
  std::sort(points.begin(), points.end());
  return points;
}

}  // namespace ernsim
