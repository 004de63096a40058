#pragma once

#include <string>

#include <toml++/toml.h>

namespace ernsim {

/// Parses TOML. Throws ConfigError "NAME:LINE: why" for what is none.
toml::table parse_toml(const std::string& text, const std::string& name);

}  // namespace ernsim
