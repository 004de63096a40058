#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ernsim {

/// What a search works on: a whole number from 0 below `sizes()[i]` for every place, and costs to be small.
class SearchProblem {
 public:
  using Choice = std::vector<std::size_t>;  ///< [place]
  using Costs = std::vector<double>;        ///< [objective]

  SearchProblem(std::vector<std::size_t> sizes, std::size_t objectives)
      : sizes_(std::move(sizes)), objectives_(objectives) {}
  virtual ~SearchProblem() = default;

  const std::vector<std::size_t>& sizes() const { return sizes_; }
  std::size_t objectives() const { return objectives_; }
  /// Of a whole generation.
  virtual std::vector<Costs> costs(const std::vector<Choice>& choices) = 0;
  /// Asked between generations.
  virtual bool ended() = 0;

 private:
  std::vector<std::size_t> sizes_;
  std::size_t objectives_;
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
void ernsim_search_run(SearchProblem& problem, const SearchMethod& method, std::vector<std::vector<std::size_t>>& last);
}

/// Opens the shared object and runs it. Throws ConfigError if it is not there.
std::vector<std::vector<std::size_t>> run_search(SearchProblem& problem, const SearchMethod& method);

}  // namespace ernsim
