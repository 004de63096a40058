#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/parameter.h"
#include "models/platform/platform_config.h"
#include "sweep/accuracy_plan.h"
#include "sweep/axes.h"
#include "sweep/goals.h"
#include "sweep/networks.h"
#include "sweep/search_plan.h"

namespace ernsim {

/// A network at one input size, and what its sums need.
struct SweepNetwork {
  workloads::IntegerNetwork network;  ///< without weights
  int accumulator_bits_needed = 0;
};

/// What a sweep file says.
struct SweepDefinition {
  std::string platform = "kv260";
  std::vector<std::string> networks;  ///< built-in names and paths of TOML and ONNX files
  std::vector<std::string> stems, input_sizes;
  std::optional<int> thermometer;                 ///< of all networks; none: their own
  SweepNetworks own;                              ///< what is known of the networks
  std::map<std::string, SweepNetwork> looked_at;  ///< by selection_text of a point
  std::vector<SweepAxis> axes;
  std::int64_t sample = 0;  ///< points drawn at random from the grid; 0: all of it
  std::int64_t seed = 0;
  std::vector<SweepConstraint> constraints;
  std::vector<SweepObjective> objectives;
  std::vector<std::string> settings;  ///< "key=value" that every point has: of the section `set`, then those given
  std::optional<double> screen;       ///< share by which simulated cycles may be below the estimate; none: no screening
  std::optional<SearchPlan> search;   ///< none: all points of the grid, or a sample
  AccuracyPlan accuracy;              ///< what is said of what the networks score
  std::map<std::string, SweepAccuracy> evaluated;  ///< by accuracy_key() of a point: what evaluate_networks() found
  bool must_fit = true;                            ///< points that need more than the device has are not simulated
  std::string options;          ///< those of `settings` that the file does not have, as " --set key=value" each
  std::string file;             ///< as the user named it
  std::string text;             ///< of the file
  PlatformConfig base;          ///< the platform before the axes change it
  std::string platform_values;  ///< every parameter before the axes change it, a line "section.key=value" each

  /// Points of the full grid.
  std::int64_t grid() const;
};

/// Reads and checks a sweep file: every key, every axis value on its own, every figure. Throws ConfigError naming file,
/// line and what is allowed.
/// `settings`: "key=value" that change the platform after the file's own section `set`.
SweepDefinition load_sweep(const std::string& path, const std::vector<std::string>& settings = {});

/// The same from the text of a file that is called `path`.
SweepDefinition parse_sweep(const std::string& text, const std::string& path,
                            const std::vector<std::string>& settings = {});

/// What defines the points, apart from the platform's values, in one spelling.
std::string points_text(const SweepDefinition& definition);

/// What decides which of the points are simulated, in one spelling.
std::string skips_text(const SweepDefinition& definition);

}  // namespace ernsim
