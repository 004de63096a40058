#pragma once

#include <random>

#include "models/accelerator/isa/instruction.h"

namespace ernsim::test {

/// An instruction of the unit with random, not necessarily sensible, operands, waits and posts. Operands of other
/// units keep their defaults.
Instruction random_instruction(UnitId unit, std::mt19937& random);

}  // namespace ernsim::test
