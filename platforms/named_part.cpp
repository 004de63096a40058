#include "platforms/named_part.h"

#include <filesystem>

#include "config/did_you_mean.h"
#include "config/parameter.h"

namespace ernsim {

DramPart named_dram_part(const std::string& name_or_path) try {
  return dram_part(name_or_path);
} catch (const ConfigError& error) {
  std::error_code ignored;
  if (std::filesystem::exists(name_or_path, ignored)) throw;
  throw ConfigError(error.what() + did_you_mean(name_or_path, dram_part_names()));
}

}  // namespace ernsim
