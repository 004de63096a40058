#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sweep/database.h"

namespace ernsim {

/// How a simulation of many points ended.
struct SweepEnd {
  std::string killed;  ///< which signals ended how many points' processes from outside; empty if none
  int stopped_by = 0;  ///< the signal that stopped it all; 0 if none did
};

/// Simulates those of the points that the database lacks, `jobs` processes at a time, and adds each as it is finished.
/// A point whose process was ended from outside is not added. Ctrl-C, SIGTERM and SIGHUP stop it.
/// Throws UserError, before anything is simulated, if points are lacking and the database cannot be written.
SweepEnd simulate_missing(const SweepDefinition& definition, const std::vector<std::size_t>& points,
                          SweepDatabase& database, std::size_t jobs);

}  // namespace ernsim
