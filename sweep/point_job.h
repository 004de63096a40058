#pragma once

#include <string>
#include <vector>

#include "simulation/job.h"
#include "simulation/run_report.h"
#include "sweep/points.h"

namespace ernsim {

/// The platform with the point's settings. Throws ConfigError if they contradict each other.
PlatformConfig platform_of(const SweepDefinition& definition, const SweepPoint& point);

/// What a run of the point would be, timing only, on that platform.
Job job_of(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform);

/// The figures of a point that are known without a simulation, in the order of figure_names(), the others NaN; empty if
/// its parameters contradict each other.
std::vector<double> figures_before(const SweepDefinition& definition, const SweepPoint& point);

/// Why a point need not be simulated: its parameters contradict each other, or it breaks a constraint on what is known
/// before, or takes more than the device has and must fit. Empty if it is to be simulated.
std::string reason_to_skip(const SweepDefinition& definition, const SweepPoint& point);

/// What is known of a point on that platform before it is simulated.
RunReport known_before(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform);

/// Bits that sums of the point's network need.
int accumulator_bits_needed(const SweepDefinition& definition, const SweepPoint& point);

}  // namespace ernsim
