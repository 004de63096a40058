#pragma once

#include <string>
#include <vector>

#include "tools/sweep/definition.h"
#include "tools/sweep/reading.h"

namespace ernsim::tools {

/// What a sweep file asks of its points. The file was checked when the sweep ran; what cannot be read is left out.
struct SweepGoals {
  std::vector<std::string> constraint_texts;
  std::vector<SweepConstraint> constraints;
  std::vector<SweepObjective> objectives;
};
SweepGoals goals_of(const std::string& definition);

/// For each point: whether it was simulated and keeps all constraints.
std::vector<bool> points_that_keep(const SweepReading& sweep, const SweepGoals& goals);

/// Points that compete with each other: those of one network and one input size.
struct SweepGroup {
  std::string network, input_size;

  bool has(const SweepReading::Point& point) const {
    return point.network == network && point.input_size == input_size;
  }
};
/// All groups of a sweep, in the order of their first points.
std::vector<SweepGroup> groups_of(const SweepReading& sweep);

/// For each point: whether it keeps the constraints and no other such point of its group beats it in all objectives.
std::vector<bool> points_of_front(const SweepReading& sweep, const SweepGoals& goals, const std::vector<bool>& keep);

}  // namespace ernsim::tools
