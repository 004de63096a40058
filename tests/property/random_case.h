#pragma once

#include <random>
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
  int frames = 1;
  bool data = false;
  std::uint64_t seed = 0;
};

/// Throws ConfigError or compiler::CompileError when the draw does not fit together.
RandomCase random_case(std::uint64_t seed);

}  // namespace ernsim::test
