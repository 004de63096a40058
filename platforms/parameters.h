#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "models/platform/platform_config.h"

namespace ernsim {

/// One parameter as text.
struct Parameter {
  std::string section;
  ParameterInfo info;
  std::string value;    ///< as TOML
  std::string allowed;  ///< range or names
  std::variant<bool, std::int64_t, double, std::string> typed;
  std::vector<std::string> names = {};  ///< of a value that is a name: those there are
  bool may_be_file = false;             ///< a file's name is allowed too

  std::string name() const { return section + "." + info.key; }
};

/// Every parameter of the platform, section by section.
std::vector<Parameter> parameters(const PlatformConfig& config);

/// A TOML string.
std::string toml_quoted(const std::string& text);

}  // namespace ernsim
