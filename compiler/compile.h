#pragma once

#include <functional>
#include <stdexcept>

#include "compiler/arrangement.h"
#include "compiler/schedule.h"
#include "compiler/tiling.h"
#include "models/platform/platform_config.h"
#include "workloads/graph.h"

namespace ernsim::compiler {

/// A network that the configured hardware cannot run; the text names the layer, what it needs and what there is.
class CompileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Picks one of a layer's possible tilings, by its index; the schedule's freedom in other hands than the estimate's.
using TilingChooser = std::function<std::size_t(const LayerShape& layer, const std::vector<Tiling>& possible)>;

/// Memory map and instruction streams for one frame of `graph` on the accelerator of `config`. Without a chooser each
/// layer gets the tiling with the lowest estimated cycles.
Schedule compile(const workloads::Graph& graph, const PlatformConfig& config, const TilingChooser& chooser = {});

/// The same for layers that are arranged already, for that platform, and fit.
Schedule compile(const workloads::Graph& graph, const PlatformConfig& config, const Arrangement& arranged,
                 const TilingChooser& chooser = {});

}  // namespace ernsim::compiler
