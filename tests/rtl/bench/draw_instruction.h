#pragma once

#include "tests/rtl/bench/sizes.h"

namespace ernsim::rtl {

/// A case without instructions: its regions, contents of its memories, and how busy the rest of the accelerator is.
Stimulus begin_case(const Shape& shape, Draw& draw, Size size, const Depths& depths);

void wait_for(Instruction& instruction, int semaphore, int count);
void post(Instruction& instruction, int semaphore);
/// Each of the semaphores perhaps, in any order.
void draw_waits(Draw& draw, Size size, Instruction& instruction, std::vector<int> semaphores);
void draw_posts(Draw& draw, Instruction& instruction, std::initializer_list<int> semaphores);

/// A quantization of the tile; its codes go to the region of A.
QuantizationOperands draw_quantization(const Shape& shape, Draw& draw, const Region& codes, const Tile& tile);

}  // namespace ernsim::rtl
