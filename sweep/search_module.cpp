#include "sweep/search_module.h"

#include <string>

#include "config/loaded_module.h"
#include "config/parameter.h"

namespace ernsim {

namespace {

auto* search_function() try {
  static const LoadedModule module("libernsim_search.so", "ernsim_search_version");
  return module.function<decltype(ernsim_search_run)>("ernsim_search_run");
} catch (const ConfigError& error) {
  throw ConfigError(std::string("search: ") + error.what());
}

}  // namespace

std::vector<std::vector<std::size_t>> run_search(SearchProblem& problem, const SearchMethod& method) {
  std::vector<std::vector<std::size_t>> last;
  search_function()(problem, method, last);
  return last;
}

}  // namespace ernsim
