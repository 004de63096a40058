#include <algorithm>

#include "tests/rtl/bench/draw_convolution.h"
#include "tests/rtl/bench/draw_instruction.h"
#include "tests/rtl/bench/random_stimulus.h"
#include "tests/rtl/bench/shapes.h"

namespace ernsim::rtl {

namespace {

/// A in the loop, in 1024ths: what load engines brought, then codes of even and of odd tiles.
constexpr int loaded_words = 600, code_words = 200, most_pixels = 100;

Region loaded(const Shape& shape) { return {shape.a.first, shape.a.words / 1024 * loaded_words}; }
Region codes_of_tile(const Shape& shape, int tile) {
  const int scale = shape.a.words / 1024;
  return {shape.a.first + scale * (loaded_words + tile % 2 * code_words), scale * code_words};
}
Region half_of_accumulators(const Shape& shape, int tile) {
  const int half = shape.f.words / 2;
  return {shape.f.first + tile % 2 * half, half};
}

/// A tile on its way through both units.
struct LoopTile {
  bool chained = false;  ///< reads the codes of the tile before the previous one
  int number = 0, tiles = 0;
  Tile tile;
  int accumulators = 0;         ///< where it lies in F
  QuantizationOperands source;  ///< wrote these codes
};

void read_codes(ConvolutionOperands& operands, const QuantizationOperands& codes) {
  operands.input_address = codes.code_address;
  operands.input_row_stride = codes.code_row_stride;
  operands.in_rows = codes.rows;
  operands.in_columns = codes.columns;
  operands.in_blocks = 1;
}

/// One or two convolutions that make a tile of F; the first overwrites, the last one may read codes.
std::vector<Instruction> convolutions_of(const Shape& shape, Draw& draw, Size size, const LoopTile& loop) {
  std::vector<Instruction> made;
  for (int part = 0, parts = draw.between(1, 2); part < parts; ++part) {
    Instruction next;
    next.unit = UnitId::convolution;
    next.convolution = draw_convolution(shape, draw, size, loaded(shape), loop.tile);
    next.convolution.output_address = static_cast<std::uint16_t>(loop.accumulators);
    next.convolution.accumulate = part > 0;
    if (loop.chained && part == parts - 1) read_codes(next.convolution, loop.source);
    draw_waits(draw, size, next, {0, 7});
    draw_posts(draw, next, {1, 8});
    made.push_back(next);
  }
  wait_for(made.front(), 12, 1);
  post(made.back(), 11);
  if (loop.chained) wait_for(made.back(), 2, 1);
  if (loop.chained) post(made.back(), 3);
  return made;
}

Instruction quantization_of(const Shape& shape, Draw& draw, Size size, const LoopTile& loop, bool chains) {
  Instruction made;
  made.unit = UnitId::quantization;
  made.quantization = draw_quantization(shape, draw, codes_of_tile(shape, loop.number), loop.tile);
  made.quantization.accumulator_address = static_cast<std::uint16_t>(loop.accumulators);
  wait_for(made, 11, 1);
  post(made, 12);
  if (chains) made.quantization.emit_codes = true;
  if (chains) wait_for(made, 3, 1);
  if (chains && loop.number + 2 < loop.tiles) post(made, 2);
  draw_waits(draw, size, made, {5, 9, 13, 16});
  draw_posts(draw, made, {4, 10, 14, 15});
  return made;
}

}  // namespace

Stimulus random_loop(const Shape& shape, std::uint32_t seed) {
  Draw draw(seed);
  const Size size = size_of(shape, seed) == Size::ordinary ? Size::ordinary : Size::wide;
  Stimulus stimulus = begin_case(shape, draw, size, loop_depths);
  const Shape& grown = stimulus.shape;
  std::fill(stimulus.initial.f.bytes.begin(), stimulus.initial.f.bytes.end(), std::uint8_t{0});
  const bool chains = draw.one_in(2);
  LoopTile loop;
  loop.tiles = draw.between(1, 8);
  std::vector<QuantizationOperands> quantized;
  for (; loop.number < loop.tiles; ++loop.number) {
    loop.tile = draw_tile(draw, size, grown.a.words / 1024 * most_pixels);
    loop.accumulators = draw.address(half_of_accumulators(grown, loop.number), loop.tile.pixels());
    loop.chained = chains && loop.number >= 2;
    if (loop.chained) loop.source = quantized[quantized.size() - 2];
    for (const Instruction& made : convolutions_of(grown, draw, size, loop))
      stimulus.stream(Unit::convolution).push_back({made});
    stimulus.stream(Unit::quantization).push_back({quantization_of(grown, draw, size, loop, chains)});
    quantized.push_back(stimulus.stream(Unit::quantization).back().instruction.quantization);
  }
  for (auto& stream : stimulus.streams) draw_arrivals(draw, stream);
  if (size == Size::wide) stimulus.initial_credits.fill(static_cast<std::uint16_t>(draw.of({0, 300, 40000})));
  draw_credits(draw, stimulus, {0, 5, 7, 9, 13, 16}, size != Size::ordinary);
  stimulus.initial_credits[2] = stimulus.initial_credits[11] = 0;
  stimulus.initial_credits[3] = stimulus.initial_credits[12] = 2;
  stimulus.outside_takes = 1U << 1 | 1U << 4 | 1U << 8 | 1U << 10 | 1U << 14 | 1U << 15;
  return stimulus;
}

}  // namespace ernsim::rtl
