#pragma once

#include <string>
#include <vector>

#include "sweep/constraints.h"

namespace ernsim {

/// A figure that should be as large, or as small, as possible.
struct SweepObjective {
  std::string figure;
  bool maximise = false;
};

/// Reads "max FIGURE" or "min FIGURE". Throws ConfigError that says what is allowed.
SweepObjective parse_objective(const std::string& text);

/// Those of a sweep file that names none.
const std::vector<std::string>& default_objectives();

/// What a sweep file asks of its points.
struct SweepGoals {
  std::vector<std::string> constraint_texts;
  std::vector<SweepConstraint> constraints;
  std::vector<SweepObjective> objectives;
  bool must_fit = true;
};

/// Those of a sweep file's text, which was checked when the sweep ran; what cannot be read is left out.
SweepGoals goals_of(const std::string& definition);

}  // namespace ernsim
