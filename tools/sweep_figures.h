#pragma once

#include <string>
#include <vector>

#include "tools/sweep_definition.h"

namespace ernsim::tools {

/// The figures of a simulated point, by name: what constraints and objectives may speak of, and columns of the
/// database.
std::vector<std::string> figure_names();

/// Compiles and simulates a point, timing only, in this process. Values in the order of figure_names().
/// Throws when the point does not fit the hardware.
std::vector<double> simulate_point(const SweepDefinition& definition, const SweepPoint& point);

/// Whether the figures keep every constraint.
bool keeps(const std::vector<SweepConstraint>& constraints, const std::vector<double>& figures);

/// Indices of the points that no other point beats: at least as good in every objective and better in one.
std::vector<std::size_t> pareto_front(const std::vector<SweepObjective>& objectives,
                                      const std::vector<std::vector<double>>& points);

}  // namespace ernsim::tools
