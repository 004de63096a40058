#pragma once

#include <string>
#include <vector>

#include "models/estimates/fpga/devices.h"

namespace ernsim {

/// A figure compared with a number, as in "fps >= 200".
struct SweepConstraint {
  std::string figure;
  std::string relation;  ///< <, <=, >, >=
  double bound = 0;
};

/// As a sweep file writes it.
std::string text_of(const SweepConstraint& constraint);

/// A bound between 0 and 1 on lut, ff, bram18, uram or dsp is a share of what the device has: amounts are whole
/// numbers.
SweepConstraint in_shares(SweepConstraint constraint);

bool keeps(const SweepConstraint& constraint, double value);

/// Reads "FIGURE RELATION NUMBER", joined by "and", and turns shares into constraints on shares. Throws ConfigError
/// that says what is allowed.
std::vector<SweepConstraint> parse_constraints(const std::string& text);

/// Throws ConfigError if one of them cannot hold, or two contradict each other, whichever of the devices it is; with
/// `must_fit` no more is taken than the device has.
void require_possible(const std::vector<SweepConstraint>& constraints, const std::vector<Device>& devices,
                      bool must_fit);

}  // namespace ernsim
