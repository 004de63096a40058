#pragma once

#include <string>
#include <vector>

#include "sweep/definition.h"

namespace ernsim {

struct RunReport;

/// The names of simulation/figures.h: what constraints and objectives may speak of, and columns of the database.
const std::vector<std::string>& figure_names();
/// Throws ConfigError, naming the nearest one, if there is no figure of that name.
void require_figure(const std::string& name);
/// Whether a figure is known without a simulation.
bool is_known_before(const std::string& figure);

/// Whether a figure may be unknown (NaN) of a point that was simulated.
bool may_be_unknown(const std::string& figure);

/// All figures of a run, or those of report_before(), in the order of figure_names(), the others NaN.
std::vector<double> figures_of(const RunReport& run, bool simulated);

/// The place of a figure in figure_names().
std::size_t figure_place(const std::string& name);

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
