#include "config/loaded_module.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "config/parameter.h"

namespace ernsim {

namespace {

/// Beside the program or one folder up, as it is built; in lib/ beside the program's bin/, as it is installed; where
/// the system looks for libraries.
void* opened(const char* file) {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const auto& place : {folder, folder / "..", folder / "../lib/ernsim"})
    if (std::filesystem::exists(place / file)) return ::dlopen((place / file).c_str(), RTLD_NOW);
  return ::dlopen(file, RTLD_NOW);
}

}  // namespace

LoadedModule::LoadedModule(const char* file, const char* version_function) : file_(file), handle_(opened(file)) {
  if (handle_ == nullptr)
    throw ConfigError(fmt::format("{}; {} belongs beside the program or into ../lib/ernsim", ::dlerror(), file));
  const std::string version = function<const char*()>(version_function)();
  if (version != ERNSIM_VERSION)
    throw ConfigError(fmt::format("{} is of ernsim {}, the program of {}", file, version, ERNSIM_VERSION));
}

void* LoadedModule::address_of(const char* name) const {
  void* const found = ::dlsym(handle_, name);
  if (found == nullptr) throw ConfigError(fmt::format("{}: {}", file_, ::dlerror()));
  return found;
}

}  // namespace ernsim
