#include "sweep/search_module.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "config/parameter.h"

namespace ernsim {

namespace {

constexpr const char* module_name = "libernsim_search.so";

/// Where it is built, where it is installed, where the system looks for libraries.
void* open_module() {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const auto& place : {folder, folder / "..", folder / "../lib/ernsim"})
    if (std::filesystem::exists(place / module_name)) return ::dlopen((place / module_name).c_str(), RTLD_NOW);
  return ::dlopen(module_name, RTLD_NOW);
}

template <class Function>
Function* function(void* module, const char* name) {
  auto* const found = module == nullptr ? nullptr : reinterpret_cast<Function*>(::dlsym(module, name));
  if (found == nullptr)
    throw ConfigError(
        fmt::format("search: {}; {} belongs beside the program or into ../lib/ernsim", ::dlerror(), module_name));
  return found;
}

}  // namespace

std::vector<std::vector<std::size_t>> run_search(const SearchProblem& problem, const SearchMethod& method) {
  static void* const module = open_module();
  const std::string version = function<decltype(ernsim_search_version)>(module, "ernsim_search_version")();
  if (version != ERNSIM_VERSION)
    throw ConfigError(
        fmt::format("search: {} is of ernsim {}, the program of {}", module_name, version, ERNSIM_VERSION));
  std::vector<std::vector<std::size_t>> last;
  function<decltype(ernsim_search_run)>(module, "ernsim_search_run")(problem, method, last);
  return last;
}

}  // namespace ernsim
