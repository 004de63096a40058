#pragma once

#include <string>
#include <vector>

#include "sweep/points.h"

namespace ernsim {

/// The figures of a simulated point, by name: what constraints and objectives may speak of, and columns of the
/// database.
const std::vector<std::string>& figure_names();
/// Throws ConfigError, naming the nearest one, if there is no figure of that name.
void require_figure(const std::string& name);
/// Whether a figure is known without a simulation.
bool is_known_before(const std::string& figure);

/// The figures of a point that are known without a simulation, in the order of figure_names(), the others NaN; empty if
/// its parameters contradict each other.
std::vector<double> figures_before(const SweepDefinition& definition, const SweepPoint& point);

/// Why a point need not be simulated: its parameters contradict each other, or it breaks a constraint on resources, or
/// takes more than the device has and must fit. Empty if it is to be simulated.
std::string reason_to_skip(const SweepDefinition& definition, const SweepPoint& point);

/// What a simulation says of a point.
struct PointResult {
  std::vector<double> figures;  ///< in the order of figure_names()
  std::string notes;            ///< what a run notes, separated by "; "
};

/// Whether a figure may be unknown (NaN) of a point that was simulated.
bool may_be_unknown(const std::string& figure);

/// Compiles and simulates a point, timing only, in this process. Throws ConfigError when there is a reason to skip it,
/// and when the network does not fit the hardware.
PointResult simulate_point(const SweepDefinition& definition, const SweepPoint& point);

/// One of the figures of a simulated point.
double figure_of(const std::vector<double>& figures, const std::string& name);

/// Why a point is not simulated that breaks a constraint on resources: the figure is `value`.
std::string broken_text(const SweepConstraint& constraint, double value);

/// Whether the figures keep every constraint.
bool keeps(const std::vector<SweepConstraint>& constraints, const std::vector<double>& figures);

/// Indices of the points that no other point beats: at least as good in every objective and better in one.
std::vector<std::size_t> pareto_front(const std::vector<SweepObjective>& objectives,
                                      const std::vector<std::vector<double>>& points);

}  // namespace ernsim
