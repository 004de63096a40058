#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "config/toml_text.h"

namespace ernsim {

/// The section `search` of a sweep file.
struct SearchPlan {
  std::string method = "nsga2";
  std::size_t points = 100;     ///< to be simulated at most
  std::size_t population = 20;  ///< points of a generation, a multiple of 4
  unsigned seed = 1;
};

/// "nsga2", NSGA-II, and "ihs", harmony search, which suits whole numbers: pagmo's, one point at a time, so that
/// its rates stay at the last values of its schedule.
const std::vector<std::string>& search_methods();

/// Throws ConfigError naming file, line and what is allowed.
SearchPlan read_search(const toml::node& node, const std::string& path);

}  // namespace ernsim
