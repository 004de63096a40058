#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "simulation/job.h"
#include "simulation/run_profile.h"
#include "simulation/run_report.h"
#include "simulation/tensor_dump.h"

namespace ernsim {

/// What a job came to.
struct Result {
  RunResult run;
  std::optional<RunProfile> profile;    ///< if it was to be collected; likewise:
  std::unique_ptr<TensorDump> tensors;  ///< as long as the compiled job lives
  std::vector<std::uint8_t> memory = {};
};

/// Runs it. Once per process: SystemC elaborates only once. Throws std::runtime_error if the model reports a breach of
/// protocol or the frame does not finish.
Result simulated(const CompiledJob& compiled);

/// The figures of a run, and what they are derived from.
RunReport report_of(const CompiledJob& compiled, const Result& result);

/// The same for a job whose platform is another in what a simulation does not see.
RunReport report_of(const Job& job, const compiler::Schedule& schedule, const ScheduleSearch& search,
                    const Result& result);

}  // namespace ernsim
