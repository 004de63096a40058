#pragma once

#include <string>
#include <vector>

#include "compiler/schedule.h"
#include "models/platform/run.h"
#include "simulation/schedule_choice.h"
#include "tools/command_line.h"
#include "workloads/graph.h"
#include "workloads/sign_counts.h"

namespace ernsim::tools {

/// What is simulated: a network with weights, a picture and a platform, and the schedule that fits them together.
struct Selection {
  workloads::IntegerNetwork network;         ///< its graph is at the input size asked for
  std::vector<workloads::SignCounts> signs;  ///< [node] of its weights, which a timing-only run has not
  workloads::Image image;                    ///< at that size
  PlatformConfig platform;
  std::vector<std::string> settings;  ///< --set options, and what other options come to
  compiler::Schedule schedule;
  ScheduleSearch search;           ///< how it was found
  std::vector<std::string> notes;  ///< what the user should know of the figures: picture resized, ...

  const workloads::Graph& graph() const { return network.graph; }
};

/// The options that make a selection, for every subcommand that simulates.
boost::program_options::options_description selection_options();

/// Reads, draws or imports everything. Throws UserError for options that contradict each other and whatever cannot be
/// used. `every_accumulator`: of every convolution by itself, so no shortcut may be fused; the last of `settings` says
/// so.
Selection make_selection(const CommandLine& line, bool every_accumulator = false);

/// What is loaded into external memory; without `data` only addresses and sizes matter. Throws UserError if a
/// schedule given by the user does not fit.
Program make_program(const Selection& selection, bool data);

}  // namespace ernsim::tools
