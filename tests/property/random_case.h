#pragma once

#include <cstdint>
#include <string>

#include "compiler/compile.h"
#include "models/platform/platform_config.h"
#include "workloads/graph.h"

namespace ernsim::test {

/// A network, a platform and a valid schedule, all drawn from one seed.
struct RandomCase {
  workloads::Graph graph;
  PlatformConfig config;
  compiler::Schedule schedule;
  std::string tilings;  ///< who chose them
  std::string edits;    ///< what was changed in the compiled schedule
  int frames = 1;
  bool data = false;
  bool same_values = true;  ///< the edits keep what the schedule computes
  std::uint64_t seed = 0;

  /// Everything that is needed to see what the case is.
  std::string description() const;
};

/// Throws ConfigError or compiler::CompileError when the draw does not fit together.
RandomCase random_case(std::uint64_t seed);

}  // namespace ernsim::test
