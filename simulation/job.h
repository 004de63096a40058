#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/schedule.h"
#include "models/platform/run.h"
#include "simulation/schedule_search.h"
#include "workloads/graph.h"
#include "workloads/sign_counts.h"

namespace ernsim {

/// A schedule that is not to be compiled.
struct GivenSchedule {
  std::string file;  ///< it comes from there, for messages
  compiler::Schedule schedule;
};

/// What is kept of a run besides its figures.
struct Collect {
  bool profile = false;       ///< what happened when
  bool tensors = false;       ///< every activation and residual sum; takes the place of RunOptions::observer
  bool accumulators = false;  ///< with `tensors`: of every convolution too
  bool memory = false;        ///< external memory as the run leaves it
};

/// What is simulated, on what, and how.
struct Job {
  workloads::IntegerNetwork network;              ///< without weights and thresholds if no value is simulated
  std::vector<workloads::SignCounts> signs = {};  ///< [node] of the weights, whether they are there or not; empty: not
                                                  ///< known
  workloads::Image image = {};                    ///< at the network's input size; empty if no value is simulated
  PlatformConfig platform = {};
  std::vector<std::string> settings = {};      ///< what changed the platform, for the report
  std::optional<GivenSchedule> schedule = {};  ///< none: the fastest of those that the compiler offers
  std::size_t processes = 1;                   ///< that look for it at a time
  RunOptions run = {};                         ///< values or timing only, frames, engine, who watches
  Collect collect = {};
  std::vector<std::string> notes = {};  ///< what the user should know of the figures
  std::string command = {};             ///< that repeats the run

  const workloads::Graph& graph() const { return network.graph; }
};

/// A job that is compiled, checked and placed: ready to run.
struct CompiledJob {
  Job job;
  compiler::Schedule schedule;
  ScheduleSearch search;  ///< how it was found
  Program program;
};

/// Compiles the job, or takes the schedule that is given after it was checked, and notes what its parameters do to
/// figures. Throws UserError if the network does not fit the platform, or the schedule one of them.
CompiledJob compiled(Job job);

}  // namespace ernsim
