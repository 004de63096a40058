#pragma once

#include <string>

#include "sweep/search_costs.h"

namespace ernsim {

/// What is known of a point before it is simulated.
struct SearchGuess {
  std::string reason;        ///< why it is not to be simulated
  SearchCosts likely, best;  ///< with the estimated cycles, and with as few as screening allows
  double cycles = 0;         ///< estimated
};

/// Of point `number` of the grid, by the compiler's estimate and what is known before.
SearchGuess search_guess(const SweepDefinition& definition, std::size_t number);

}  // namespace ernsim
