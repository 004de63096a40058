#pragma once

#include "timing/toml_text.h"

namespace ernsim::tools {

using ernsim::parse_toml;

}  // namespace ernsim::tools
