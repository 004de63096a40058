#pragma once

#include <string>
#include <vector>

#include "models/platform/platform_config.h"

namespace ernsim {

/// One parameter as text.
struct Parameter {
  std::string section;
  ParameterInfo info;
  std::string value;    ///< as TOML
  std::string allowed;  ///< range or names
};

/// Every parameter of the platform, section by section.
std::vector<Parameter> parameters(const PlatformConfig& config);

/// A TOML string.
std::string toml_quoted(const std::string& text);

}  // namespace ernsim
