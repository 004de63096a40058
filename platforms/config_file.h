#pragma once

#include <string>
#include <vector>

#include "models/platform/platform_config.h"

namespace ernsim {

/// Names that --platform accepts besides files.
const std::vector<std::string>& built_in_platforms();

/// The platform of a built-in name or a TOML file, with `set_options` ("section.key=value") applied in order,
/// validated. A parameter the file leaves out has the value of kv260. Throws ConfigError naming file and line, key and
/// what is allowed.
PlatformConfig load_platform(const std::string& name_or_path, const std::vector<std::string>& set_options);

/// Same, from the text of a TOML file.
PlatformConfig parse_platform(const std::string& toml, const std::string& file_name,
                              const std::vector<std::string>& set_options);

}  // namespace ernsim
