#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sweep/definition.h"
#include "sweep/goals.h"
#include "sweep/reading.h"

namespace ernsim {

SweepGoals goals_of(const SweepDefinition& definition);

/// Points that compete with each other: those of one network and one input size, or all if an objective is what a
/// network scores.
struct SweepGroup {
  std::string network, input_size;  ///< both empty: all

  bool of_all() const { return network.empty(); }
  bool has(const SweepReading::Point& point) const {
    return of_all() || (point.network == network && point.input_size == input_size);
  }
  /// "ERNs18 256x256", "all networks".
  std::string title() const;
};
/// All groups of a sweep, in the order of their first points.
std::vector<SweepGroup> groups_of(const SweepReading& sweep, const SweepGoals& goals);
/// The points of a group alone.
SweepReading part_of(const SweepReading& sweep, const SweepGroup& group);

/// How a point did.
enum class Standing {
  front,         ///< keeps the constraints, and no other such point of its group beats it in all objectives
  keeps,         ///< keeps the constraints and is beaten
  not_compared,  ///< keeps the constraints, and an objective's figure is not known of it: it beats none, none beats it
  breaks,
  not_simulated
};
/// "front", "keeps", "not compared", "breaks" or "not simulated".
const char* name_of(Standing standing);

/// Whether a point of that standing keeps the constraints.
bool keeps_constraints(Standing standing);

/// By which points of a group are compared: an objective whose figure is not known of any point that keeps the
/// constraints is left out.
std::vector<SweepObjective> objectives_of(const SweepReading& group, const SweepGoals& goals);

std::vector<Standing> standings_of(const SweepReading& sweep, const SweepGoals& goals);

/// The places of all points, the best first: by standing, then by group; those that keep the constraints by the
/// objectives in their order, those that break one by how far they miss, the rest by number.
std::vector<std::size_t> best_first(const SweepReading& sweep, const SweepGoals& goals,
                                    const std::vector<Standing>& standings);

/// The place of a figure of that name; the number of figures if there is none.
std::size_t place_of(const SweepReading& sweep, const std::string& figure);

/// One of the figures of a point, NaN if it is not known.
double figure_of(const SweepReading& sweep, const SweepReading::Point& point, const std::string& figure);

}  // namespace ernsim
