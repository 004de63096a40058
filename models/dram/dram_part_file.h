#pragma once

#include "models/dram/dram_part.h"

namespace ernsim {

/// Reads a part from TOML: the keys of DramPart and of dram_delay_infos, and `base`, a built-in part from which the
/// rest is taken. Throws ConfigError naming `where`, the line, the key and what is allowed.
DramPart parse_dram_part(const std::string& text, const std::string& name, const std::string& where);

}  // namespace ernsim
