#pragma once

#include <string>
#include <vector>

#include "tools/sweep_definition.h"
#include "tools/sweep_reading.h"

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

/// For each point: whether it keeps the constraints and no other such point beats it in all objectives.
std::vector<bool> points_of_front(const SweepReading& sweep, const SweepGoals& goals, const std::vector<bool>& keep);

}  // namespace ernsim::tools
