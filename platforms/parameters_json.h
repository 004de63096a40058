#pragma once

#include <nlohmann/json.hpp>

#include "models/platform/platform_config.h"

namespace ernsim {

/// Every parameter of the platform: name, section, key, type, value, unit (null: none), what is allowed (`minimum` and
/// `maximum` of a number, `names` of a name, `may_be_file`), meaning and source. What a parameter has not is null.
nlohmann::ordered_json parameters_json(const PlatformConfig& config);

}  // namespace ernsim
