#pragma once

#include <stdexcept>

#include "compiler/schedule.h"
#include "models/platform/platform_config.h"
#include "workloads/graph.h"

namespace ernsim::compiler {

/// A network that the configured hardware cannot run; the text names the layer, what it needs and what there is.
class CompileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Memory map and instruction streams for one frame of `graph` on the accelerator of `config`.
Schedule compile(const workloads::Graph& graph, const PlatformConfig& config);

}  // namespace ernsim::compiler
