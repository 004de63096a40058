#pragma once

#include <string>

#include "models/dram/dram_part.h"

namespace ernsim {

/// dram_part(), whose refusal of a name that is neither built in nor a file also says which one was probably meant.
DramPart named_dram_part(const std::string& name_or_path);

}  // namespace ernsim
