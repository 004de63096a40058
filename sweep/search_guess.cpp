#include "sweep/search_guess.h"

#include <cmath>

#include "simulation/figures.h"
#include "sweep/figures.h"
#include "sweep/point_job.h"
#include "sweep/screening.h"

namespace ernsim {

SearchGuess search_guess(const SweepDefinition& definition, std::size_t number) {
  const SweepPoint point = point_of(definition, static_cast<std::int64_t>(number));
  SearchGuess guess{reason_to_skip(definition, point), {}, {}};
  const auto before = figures_before(definition, point);
  if (before.empty() || !guess.reason.empty()) {
    guess.likely = guess.best = refused_costs(definition);
    return guess;
  }
  const double margin = definition.screen.value_or(usual_screen);
  const PlatformConfig platform = platform_of(definition, point);
  guess.cycles = estimated_cycles(definition, point, platform);
  const auto likely = [&](const std::string& name, bool) {
    return is_known_before(name) ? figure_of(before, name) : best_with(name, guess.cycles, platform);
  };
  // Where many cycles are wanted, how many there can be is not known.
  const auto best = [&](const std::string& name, bool larger) {
    if (is_known_before(name)) return figure_of(before, name);
    return gains_by_few_cycles(name, larger) ? best_with(name, guess.cycles * (1 - margin), platform) : std::nan("");
  };
  guess.likely = costs_of(definition, likely);
  guess.best = costs_of(definition, best);
  return guess;
}

}  // namespace ernsim
