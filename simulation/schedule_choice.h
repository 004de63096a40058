#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/candidates.h"
#include "simulation/job.h"
#include "simulation/result.h"

namespace ernsim {

/// What the compiler offers for the job's network and platform (compiler/candidates.h). Throws UserError if nothing
/// fits.
std::vector<compiler::Candidate> candidates_of(const Job& job);

/// A candidate as a job without values, ready to run.
struct TimingCandidate {
  std::string as_if;
  CompiledJob compiled;
};
std::vector<TimingCandidate> placed(std::vector<compiler::Candidate> found, const Job& job);

/// What its process tells of a candidate that was simulated.
using Tell = std::function<std::string(const CompiledJob& compiled, const Result& result)>;

struct Fastest {
  ScheduleSearch search;
  std::string told;  ///< of the one that was taken
};

/// The candidate with the fewest cycles, of equals the first. Each is simulated in a process of its own, `processes` at
/// a time; the choice does not depend on how many. One alone is simulated in this process, which is used up.
Fastest fastest_of(const std::vector<TimingCandidate>& candidates, std::size_t processes, const Tell& tell);

/// Compiles the job and simulates its candidates without values; what is told of the fastest one.
std::string told_of_fastest(const Job& job, const Tell& tell);

}  // namespace ernsim
