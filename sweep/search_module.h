#pragma once

#include <functional>
#include <string>
#include <vector>

namespace ernsim {

/// What a search works on: a whole number from 0 below `sizes[i]` for every place, and costs to be small. All costs of
/// a generation are asked for at once.
struct SearchProblem {
  std::vector<std::size_t> sizes;
  std::size_t objectives = 1;
  std::function<std::vector<std::vector<double>>(const std::vector<std::vector<std::size_t>>&)> costs;
  std::function<bool()> ended;  ///< asked between generations
};

struct SearchMethod {
  std::string name;  ///< one of search_methods
  std::size_t population = 20;
  unsigned seed = 1;
  std::vector<std::vector<std::size_t>> first = {};  ///< members of the first generation; the others are drawn
};

// What the shared object `ernsim_search` offers; it is opened when the first search begins, so that nothing else waits
// for pagmo's libraries to be loaded.
extern "C" {
/// The ernsim it was built with: types are as in that one.
const char* ernsim_search_version();
/// Goes on until the problem has ended. The last generation.
void ernsim_search_run(const SearchProblem& problem, const SearchMethod& method,
                       std::vector<std::vector<std::size_t>>& last);
}

/// Opens the shared object and runs it. Throws ConfigError if it is not there.
std::vector<std::vector<std::size_t>> run_search(const SearchProblem& problem, const SearchMethod& method);

}  // namespace ernsim
