#include "sweep/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace ernsim {

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

/// What a point has on all axes but one.
std::string others(const SweepReading::Point& point, const std::vector<std::string>& names, const std::string& but) {
  std::string text;
  for (const std::string& name : names)
    if (name != but) text += value_on(point, name) + "\n";
  return text;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::pair<double, double> ends(const std::vector<double>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {*low, *high};
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

AxisSlices::AxisSlices(const SweepReading& sweep, const ReadAxis& axis) : sweep_(sweep), axis_(axis) {
  const auto names = names_of_axes(sweep);
  std::map<std::string, std::size_t> slice_of, place_of;
  for (std::size_t i = 0; i < axis.values.size(); ++i) place_of[axis.values[i]] = i;
  for (const auto& point : sweep.points) {
    const auto place = place_of.find(value_on(point, axis.name));
    if (place == place_of.end()) continue;
    const std::size_t slice = slice_of.emplace(others(point, names, axis.name), slices_.size()).first->second;
    if (slice == slices_.size()) slices_.emplace_back(axis.values.size());
    slices_[slice][place->second] = &point;
  }
}

std::vector<AxisStep> AxisSlices::steps(std::size_t figure) const {
  std::vector<AxisStep> found;
  for (std::size_t i = 1; i < axis_.values.size(); ++i) found.push_back(step(i - 1, i, figure));
  return found;
}

AxisStep AxisSlices::whole(std::size_t figure) const { return step(0, axis_.values.size() - 1, figure); }

AxisStep AxisSlices::step(std::size_t from, std::size_t to, std::size_t figure) const {
  AxisStep found{axis_.values[from], axis_.values[to]};
  std::vector<double> changes, shares;
  for (const auto& slice : slices_) {
    if (slice[from] == nullptr || slice[to] == nullptr) continue;
    const double a = slice[from]->figures[figure], b = slice[to]->figures[figure];
    if (std::isnan(a) || std::isnan(b)) continue;
    changes.push_back(b - a);
    if (a != 0) shares.push_back((b - a) / std::abs(a));
    found.rises += b > a ? 1 : 0;
    found.falls += b < a ? 1 : 0;
  }
  found.pairs = changes.size();
  if (changes.empty()) return found;
  found.mean_change = mean(changes);
  std::tie(found.minimum_change, found.maximum_change) = ends(changes);
  if (shares.size() < changes.size()) return found;
  found.mean_share = mean(shares);
  std::tie(found.minimum_share, found.maximum_share) = ends(shares);
  return found;
}

}  // namespace ernsim
