#pragma once

#include <string>

#include "sweep/front.h"

namespace ernsim {

/// The points of a group's front, the best first: axes that differ by their short names, objectives, and as many other
/// figures as `columns` characters of width leave room for.
std::string front_table(const SweepReading& group, const SweepGoals& goals, std::size_t columns);

}  // namespace ernsim
