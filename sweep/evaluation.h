#pragma once

#include <cstddef>
#include <string>

#include "sweep/definition.h"

namespace ernsim {

/// Evaluates each different network of a sweep that is to be, once, on so many threads, and keeps what they score in
/// `definition.evaluated`. Evaluations that came to their ends are in `directory`/accuracy.csv and not made again as
/// long as network, data and preprocessing are the same. Throws UserError if the data cannot be used.
void evaluate_networks(SweepDefinition& definition, const std::string& directory, std::size_t threads);

}  // namespace ernsim
