#include "tools/sweep/sensitivity.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace ernsim::tools {

namespace {

bool is_number(const std::string& text, double& value) {
  char* end = nullptr;
  value = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0';
}

/// Numbers by size and before names.
bool comes_before(const std::string& a, const std::string& b) {
  double x = 0, y = 0;
  const bool a_is_number = is_number(a, x), b_is_number = is_number(b, y);
  if (a_is_number && b_is_number) return x < y;
  return a_is_number != b_is_number ? a_is_number : a < b;
}

std::vector<std::string> names_of_axes(const SweepReading& sweep) {
  std::vector<std::string> names{"network", "stem", "input_size"};
  for (const auto& point : sweep.points)
    for (const auto& [key, value] : point.settings)
      if (std::find(names.begin(), names.end(), key) == names.end()) names.push_back(key);
  return names;
}

}  // namespace

std::vector<ReadAxis> axes_of(const SweepReading& sweep) {
  std::vector<ReadAxis> axes;
  for (const std::string& name : names_of_axes(sweep)) {
    std::set<std::string> seen;
    for (const auto& point : sweep.points) seen.insert(value_on(point, name));
    if (seen.size() < 2) continue;
    axes.push_back({name, {seen.begin(), seen.end()}});
    std::sort(axes.back().values.begin(), axes.back().values.end(), comes_before);
  }
  return axes;
}

std::string value_on(const SweepReading::Point& point, const std::string& axis) {
  if (axis == "network") return point.network;
  if (axis == "stem") return point.stem;
  if (axis == "input_size") return point.input_size;
  for (const auto& [key, value] : point.settings)
    if (key == axis) return value;
  return "";
}

std::vector<Spread> spreads(const SweepReading& sweep, const ReadAxis& axis, std::size_t figure) {
  std::map<std::string, Spread> found;
  for (const auto& point : sweep.points) {
    if (point.figures.empty()) continue;
    const double value = point.figures[figure];
    Spread& spread = found[value_on(point, axis.name)];
    spread.minimum = spread.points == 0 ? value : std::min(spread.minimum, value);
    spread.maximum = spread.points == 0 ? value : std::max(spread.maximum, value);
    spread.mean += value;  // a sum until all are in
    ++spread.points;
  }
  std::vector<Spread> ordered;
  for (const std::string& value : axis.values) {
    Spread spread = found[value];
    if (spread.points != 0) spread.mean /= static_cast<double>(spread.points);
    ordered.push_back(spread);
  }
  return ordered;
}

}  // namespace ernsim::tools
