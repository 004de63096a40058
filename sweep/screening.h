#pragma once

#include "sweep/points.h"

namespace ernsim {

/// How far simulated cycles may be below the estimate of a point that is screened out, if nothing else is said: a third
/// more than the largest share seen, 0.19 (sweep/README.md).
inline constexpr double usual_screen = 0.25;

/// The compiler's own estimate of the point's cycles: the arrangement it would compile first, nothing simulated.
/// Infinite if no arrangement fits.
double estimated_cycles(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform);

/// The best that a figure of time can be if at least so many cycles are taken: none but the cycles costs time. NaN of
/// another figure.
double best_with(const std::string& figure, double cycles, const PlatformConfig& platform);

/// Whether few cycles are good for a figure, if large values of it are (`larger`) or small ones. False of a figure that
/// cycles do not decide.
bool gains_by_few_cycles(const std::string& figure, bool larger);

/// Whether a constraint bounds a figure of time from the side on which few cycles are good.
bool is_screened(const SweepConstraint& constraint);

/// Whether a point was not simulated for this reason: what require_hopeful() says.
bool is_screened_out(const std::string& reason);

/// Throws ConfigError if the point breaks such a constraint even with `definition.screen` fewer cycles than estimated.
void require_hopeful(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform);

}  // namespace ernsim
