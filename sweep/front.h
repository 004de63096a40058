#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sweep/definition.h"
#include "sweep/goals.h"
#include "sweep/reading.h"

namespace ernsim {

SweepGoals goals_of(const SweepDefinition& definition);

/// Points that compete with each other: those of one network and one input size.
struct SweepGroup {
  std::string network, input_size;

  bool has(const SweepReading::Point& point) const {
    return point.network == network && point.input_size == input_size;
  }
};
/// All groups of a sweep, in the order of their first points.
std::vector<SweepGroup> groups_of(const SweepReading& sweep);
/// The points of a group alone.
SweepReading part_of(const SweepReading& sweep, const SweepGroup& group);

/// How a point did.
enum class Standing {
  front,  ///< keeps the constraints, and no other such point of its group beats it in all objectives
  keeps,  ///< keeps the constraints and is beaten
  breaks,
  not_simulated
};
/// "front", "keeps", "breaks" or "not simulated".
const char* name_of(Standing standing);

std::vector<Standing> standings_of(const SweepReading& sweep, const SweepGoals& goals);

/// The places of all points, the best first: by standing, then by group; those that keep the constraints by the first
/// objective, those that break one by how far they miss, the rest by number.
std::vector<std::size_t> best_first(const SweepReading& sweep, const SweepGoals& goals,
                                    const std::vector<Standing>& standings);

/// The place of a figure of that name; the number of figures if there is none.
std::size_t place_of(const SweepReading& sweep, const std::string& figure);

/// One of the figures of a point, NaN if it is not known.
double figure_of(const SweepReading& sweep, const SweepReading::Point& point, const std::string& figure);

}  // namespace ernsim
