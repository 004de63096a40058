#pragma once

#include <cstdint>
#include <vector>

#include "models/platform/host_program.h"
#include "models/platform/run.h"

namespace ernsim {

/// The program as one file for a processor's driver; driver/ernsim_program.h says how it is laid out. `configuration`:
/// of the accelerator that it was compiled for, as its register of that name says.
std::vector<std::uint8_t> program_file(const Program& program, const HostProgram& host, std::uint32_t configuration);

/// The same without regions, for memory that has been loaded by other means.
std::vector<std::uint8_t> placed_program_file(const Program& program, const HostProgram& host,
                                              std::uint32_t configuration);

}  // namespace ernsim
