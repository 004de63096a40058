#pragma once

#include <cstddef>
#include <string>

#include "config/toml_text.h"
#include "evaluation/preprocessing.h"

namespace ernsim {

/// The section `evaluate` of a sweep file: what `ernsim eval` has as options of the same names.
struct EvaluationPlan {
  std::string data, labels;
  std::size_t first = 0;  ///< pictures; 0: all
  evaluation::Preprocessing preprocessing;

  /// In one spelling.
  std::string text() const;
};

/// The section `evaluate`. Throws ConfigError naming file, line and what is allowed.
EvaluationPlan read_evaluation(const toml::node& node, const std::string& path);

}  // namespace ernsim
