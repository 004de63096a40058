#include "import/qonnx_levels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace ernsim::workloads {

namespace {

constexpr std::int32_t edge = 1 << 30;  // "never" or "always"

bool passes(Real value, const Level& level) { return level.strict ? value > level.at : value >= level.at; }

/// The first x, going up for a positive gain and down for a negative one, whose value passes; held at the edge, which
/// then is what all sums pass, or none. The quotient is off by one at most.
std::int32_t first_passing(const Level& level, Real gain, Real shift) {
  const Real reached = (level.at - shift) / gain;
  if (!(std::fabs(reached) < edge)) return reached > 0 ? edge : -edge;
  const int up = gain > 0 ? 1 : -1;
  auto x = static_cast<std::int32_t>(gain > 0 ? std::ceil(reached) : std::floor(reached)) - 2 * up;
  while (!passes(gain * x + shift, level)) x += up;
  return x;
}

std::int32_t threshold_of(const Level& level, Real gain, Real shift, bool relu) {
  const bool always = (relu && passes(0, level)) || (gain == 0 && passes(shift, level));
  if (always) return gain < 0 ? edge : -edge;
  return gain == 0 ? edge : first_passing(level, gain, shift);
}

}  // namespace

std::vector<Level> quantizer_levels(Real scale, int most, const std::string& rounding) {
  struct Rule {
    Real below;  ///< where a code begins, in steps below it
    int strict;  ///< 0 never, 1 always, 2 where the code is odd
  };
  const auto rule = [&]() -> Rule {
    if (rounding == "ROUND" || rounding == "HALF_EVEN") return {0.5L, 2};
    if (rounding == "HALF_UP") return {0.5L, 0};
    if (rounding == "HALF_DOWN") return {0.5L, 1};
    if (rounding == "CEIL" || rounding == "UP") return {1, 1};
    if (rounding == "FLOOR" || rounding == "DOWN" || rounding == "ROUND_TO_ZERO") return {0, 0};
    return {-1, 0};
  }();
  std::vector<Level> levels;
  for (int code = 1; code <= most && rule.below >= 0; ++code)
    levels.push_back({(code - rule.below) * scale, rule.strict == 1 || (rule.strict == 2 && code % 2 == 1)});
  return levels;
}

int code_of(Real value, const std::vector<Level>& levels) {
  return static_cast<int>(
      std::count_if(levels.begin(), levels.end(), [value](const Level& level) { return passes(value, level); }));
}

ChannelThresholds fold_levels(const std::vector<Level>& levels, Real gain, Real shift, bool relu) {
  ChannelThresholds folded;
  folded.direction = gain < 0 ? -1 : 1;
  for (std::size_t i = 0; i < 3; ++i)
    folded.thresholds[i] = i < levels.size() ? threshold_of(levels[i], gain, shift, relu) : (gain < 0 ? -edge : edge);
  return folded;
}

}  // namespace ernsim::workloads
