#pragma once

#include <cmath>

namespace ernsim {

/// A ratio with six digits after the point: more would only show the order of floating-point operations.
inline double rounded(double value) { return std::round(value * 1e6) / 1e6; }

/// With nine digits: millijoules to the picojoule, and differences of figures.
inline double rounded_to_nano(double value) { return std::round(value * 1e9) / 1e9; }

}  // namespace ernsim
