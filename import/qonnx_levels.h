#pragma once

#include <vector>

#include "workloads/graph.h"

namespace ernsim::workloads {

/// Wide enough that a sum times two single-precision scales is exact: what lies on a level is seen to lie on it.
using Real = long double;

/// What a value must reach for the next code.
struct Level {
  Real at = 0;
  bool strict = false;  ///< exceed, not reach
};

/// Levels of an unsigned Quant with zero point 0: code = clamp(rounded(value / scale), 0, `most`). Rounding as QONNX
/// names it: ROUND is half to even, so that 0.5 becomes 0, 1.5 becomes 2 and 2.5 becomes 2; also HALF_UP, HALF_DOWN,
/// UP, CEIL, DOWN, FLOOR, ROUND_TO_ZERO. Empty for another.
std::vector<Level> quantizer_levels(Real scale, int most, const std::string& rounding);

/// How many levels a value passes.
int code_of(Real value, const std::vector<Level>& levels);

/// Thresholds of an integer x whose value is gain * x + shift, or 0 where that is negative and `relu` is set; at most
/// three levels, in rising order.
ChannelThresholds fold_levels(const std::vector<Level>& levels, Real gain, Real shift, bool relu);

}  // namespace ernsim::workloads
