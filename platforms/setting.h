#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "models/platform/platform_config.h"

namespace ernsim {

/// One value a user gave for a parameter, not yet checked.
struct Setting {
  std::string where;    ///< "file.toml:3" or "--set"
  std::string section;  ///< "convolution"
  std::string key;      ///< "block_channels"
  std::variant<std::int64_t, double, bool, std::string> value;
};

/// Reads "section.key=value" as given to --set. Throws ConfigError.
Setting parse_set_option(const std::string& text);

/// Where the dot between section and key is, as in "convolution.lanes" and "traffic.camera.rate_mb_s";
/// std::string::npos if there is none.
std::size_t key_dot(const std::string& name);

/// Adds a source of traffic if `section` is "traffic.NAME" and there is none of that name. Throws ConfigError.
void make_traffic(const std::string& section, const std::string& where, PlatformConfig& config);

/// Throws ConfigError, naming the nearest one, if the platform has no section of that name.
void require_section(const std::string& section, const std::string& where, const PlatformConfig& config);

/// Stores the value in the parameter of that name. Throws ConfigError if there is none, or if the value is of the wrong
/// type or outside the allowed range.
void apply(const Setting& setting, PlatformConfig& config);

}  // namespace ernsim
