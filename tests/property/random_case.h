#pragma once

#include <cstdint>
#include <string>

#include "compiler/compile.h"
#include "models/platform/platform_config.h"
#include "tests/property/draw.h"
#include "workloads/graph.h"

namespace ernsim::test {

/// A network, a platform and a valid schedule, all drawn from one seed.
struct RandomCase {
  explicit RandomCase(std::uint64_t seed);

  /// Compiles, checks and edits. Throws ConfigError or compiler::CompileError when the draw does not fit together.
  void make_schedule();
  /// All that is needed to see what the case is.
  std::string description() const;

  std::uint64_t seed;
  Draw draw;
  PlatformConfig config;
  int frames;
  bool data;
  workloads::Graph graph;
  bool same_values = true;  ///< the edits keep what the schedule computes
  std::string tilings;      ///< who chose them
  std::string edits;        ///< what was changed in the compiled schedule
  compiler::Schedule schedule;
};

}  // namespace ernsim::test
