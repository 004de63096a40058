#include "tests/rtl/bench/draw_instruction.h"

#include <algorithm>

namespace ernsim::rtl {

void wait_for(Instruction& instruction, int semaphore, int count) {
  instruction.waits[instruction.wait_count++] = {static_cast<std::uint8_t>(semaphore),
                                                 static_cast<std::uint16_t>(count)};
}

void post(Instruction& instruction, int semaphore) { instruction.posts |= 1U << semaphore; }

void draw_waits(Draw& draw, Size size, Instruction& instruction, std::vector<int> semaphores) {
  for (std::size_t i = semaphores.size(); i > 1; --i)
    std::swap(semaphores[i - 1], semaphores[static_cast<std::size_t>(draw.between(0, static_cast<int>(i) - 1))]);
  for (const int semaphore : semaphores)
    if (draw.one_in(2)) wait_for(instruction, semaphore, draw_wait_count(draw, size));
}

void draw_posts(Draw& draw, Instruction& instruction, std::initializer_list<int> semaphores) {
  for (const int semaphore : semaphores)
    if (draw.one_in(2)) post(instruction, semaphore);
}

Stimulus begin_case(const Shape& shape, Draw& draw, Size size, const Depths& depths) {
  Stimulus stimulus;
  stimulus.shape = grown(shape, draw, size, depths);
  stimulus.initial = Memories(stimulus.shape);
  stimulus.seed = draw.bits();
  stimulus.outside_rate = static_cast<unsigned>(draw.of({4, 32, 200}));
  fill_memories(stimulus.shape, draw, stimulus.initial);
  return stimulus;
}

QuantizationOperands draw_quantization(const Shape& shape, Draw& draw, const Region& codes, const Tile& tile) {
  QuantizationOperands o;
  o.rows = static_cast<std::uint16_t>(tile.rows);
  o.columns = static_cast<std::uint16_t>(tile.columns);
  o.accumulator_address = draw.address(shape.f, tile.pixels());
  o.residual_address = draw.address(shape.r, tile.pixels());
  o.result_address = draw.address(shape.s, tile.pixels());
  o.threshold_entry = draw.address(shape.q, 1);
  const int longest = tile.rows > 1 ? (codes.words - tile.columns) / (tile.rows - 1) : 65535;
  const int spare = std::max(0, longest - tile.columns);
  o.code_row_stride =
      static_cast<std::uint16_t>(tile.columns + draw.between(0, draw.one_in(6) ? spare : std::min(5, spare)));
  o.code_address = draw.address(codes, (tile.rows - 1) * o.code_row_stride + tile.columns);
  o.add_residual = draw.one_in(2);
  o.emit_codes = !draw.one_in(4);
  o.emit_sums = draw.one_in(2);
  return o;
}

}  // namespace ernsim::rtl
