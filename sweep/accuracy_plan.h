#pragma once

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/toml_text.h"
#include "sweep/evaluation_plan.h"

namespace ernsim {

/// What a network scores at one input size.
struct SweepAccuracy {
  double share = std::nan("");  ///< of labelled pictures whose label is the prediction; NaN: not known
  std::string source;           ///< who says so, and of how many pictures; or why it is not known
};

/// What a sweep file says of accuracies.
struct AccuracyPlan {
  std::map<std::string, std::map<std::string, SweepAccuracy>> given;  ///< [network][input size]
  std::optional<EvaluationPlan> evaluation;                           ///< of networks of which none is given

  bool empty() const { return given.empty() && !evaluation; }
  /// In one spelling.
  std::string text() const;
};

/// The section `accuracy`: networks, each with a share, the name of a CSV file of `ernsim eval`, or a table of these by
/// input size. Networks are those of the sweep, and a value of all sizes only stands where there is one. Throws
/// ConfigError naming file, line and what is allowed.
std::map<std::string, std::map<std::string, SweepAccuracy>> read_accuracies(
    const toml::node& node, const std::string& path, const std::vector<std::string>& networks,
    const std::vector<std::string>& input_sizes);

/// Share and number of pictures that are right in what `ernsim eval --csv` wrote. Throws ConfigError if it is no such
/// file.
SweepAccuracy accuracy_in(const std::string& csv);

}  // namespace ernsim
