#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ernsim {

/// What became of a point in a process of its own.
struct PointOutcome {
  enum class Kind : char {
    simulated = 's',
    refused = 'r',  ///< it cannot be simulated, need not be, or its simulation crashed
    killed = 'k',   ///< its process was ended from outside: nothing is known of it
  };

  std::size_t number = 0;
  Kind kind = Kind::simulated;
  std::string text;                  ///< notes, separated by "; "; the reason; or the signal
  std::vector<double> figures = {};  ///< of a simulated one, in the order of figure_names()
  std::string limited_by = {};       ///< of a simulated one: limits_text() of its run
};

/// For a pipe, and back: every figure comes back as the same double.
std::string text_of(const std::vector<PointOutcome>& outcomes);
std::vector<PointOutcome> outcomes_in(const std::string& text);

}  // namespace ernsim
