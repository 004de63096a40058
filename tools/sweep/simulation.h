#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/sweep/database.h"

namespace ernsim::tools {

/// Simulates those of the points that the database lacks, `jobs` processes at a time, and adds each as it is finished.
/// A point whose process was ended from outside is not added; says which signals ended how many, empty if none was.
/// Throws UserError, before anything is simulated, if points are lacking and the database cannot be written.
std::string simulate_missing(const SweepDefinition& definition, const std::vector<std::size_t>& points,
                             SweepDatabase& database, std::size_t jobs);

/// "48 s", "2:05 min" or "1:30 h".
std::string duration_text(double seconds);

}  // namespace ernsim::tools
