#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "output/output_directory.h"
#include "simulation/job.h"

namespace ernsim::tools {

/// Writes what a processor places before it starts the accelerator: memory image, registers, where input and result
/// are, and the driver's file. Returns the files' names.
std::vector<std::string> write_program(const CompiledJob& compiled, OutputDirectory& directory);

}  // namespace ernsim::tools
