#pragma once

#include <cstdint>
#include <string>

#include "config/toml_text.h"
#include "sweep/simulation.h"

namespace ernsim {

/// What a search came to.
struct SearchEnd {
  SweepEnd sweep;                 ///< how its simulations ended
  std::size_t simulated = 0;      ///< points, those that the database had already among them
  std::size_t refused = 0;        ///< points that break a constraint on what is known before, or cannot be
  std::string first_reason = {};  ///< of the first point that was refused
  std::size_t screened = 0;       ///< points that could beat none of those that were simulated
  double least_of_estimate = 0;   ///< simulated cycles as a share of the compiler's estimate
  double most_of_estimate = 0;

  std::string text(const SweepDefinition& definition) const;
};

/// Simulates up to `definition.search->points` points of the grid, as a search by its objectives and constraints
/// chooses them: the same ones for the same seed, whatever the database has already. Each network and input size is
/// searched by itself, with an equal share of the points. Throws UserError as simulate_missing().
SearchEnd search_points(const SweepDefinition& definition, SweepDatabase& database, std::size_t jobs);

}  // namespace ernsim
