#include "tests/rtl/bench/random_stimulus.h"

#include <algorithm>

#include "tests/rtl/bench/draw.h"

namespace ernsim::rtl {

namespace {

void wait_for(Instruction& instruction, int semaphore, int count) {
  instruction.waits[instruction.wait_count++] = {static_cast<std::uint8_t>(semaphore),
                                                 static_cast<std::uint16_t>(count)};
}

void post(Instruction& instruction, int semaphore) { instruction.posts |= 1U << semaphore; }

/// Each of the semaphores perhaps, in any order.
void draw_waits(Draw& draw, Instruction& instruction, std::vector<int> semaphores) {
  for (std::size_t i = semaphores.size(); i > 1; --i)
    std::swap(semaphores[i - 1], semaphores[static_cast<std::size_t>(draw.between(0, static_cast<int>(i) - 1))]);
  for (const int semaphore : semaphores)
    if (draw.one_in(2)) wait_for(instruction, semaphore, draw.between(1, 3));
}

void draw_posts(Draw& draw, Instruction& instruction, std::initializer_list<int> semaphores) {
  for (const int semaphore : semaphores)
    if (draw.one_in(2)) post(instruction, semaphore);
}

Stimulus begin(const Shape& shape, Draw& draw) {
  Stimulus stimulus;
  stimulus.shape = shape;
  stimulus.initial = Memories(shape);
  stimulus.seed = draw.bits();
  stimulus.outside_rate = static_cast<unsigned>(draw.of({4, 32, 200}));
  fill_memories(shape, draw, stimulus.initial);
  return stimulus;
}

QuantizationOperands draw_quantization(const Shape& shape, Draw& draw, int code_begin, int code_end) {
  QuantizationOperands o;
  o.rows = draw.word(1, draw.of({1, 3, 10}));
  o.columns = draw.word(1, draw.of({1, 3, 10}));
  const int pixels = o.rows * o.columns;
  o.accumulator_address = draw.word(0, shape.sum_words - pixels);
  o.residual_address = draw.word(0, shape.sum_words - pixels);
  o.result_address = draw.word(0, shape.sum_words - pixels);
  o.threshold_entry = draw.word(0, shape.threshold_entries - 1);
  o.code_row_stride = static_cast<std::uint16_t>(o.columns + draw.between(0, 5));
  o.code_address = draw.word(code_begin, code_end - o.rows * o.code_row_stride);
  o.add_residual = draw.one_in(2);
  o.emit_codes = !draw.one_in(4);
  o.emit_sums = draw.one_in(2);
  return o;
}

/// A in the loop: what load engines brought, then codes of even and of odd tiles.
constexpr int loaded_words = 600, code_words = 200, most_pixels = 100, half_of_accumulators = 256;

struct Tile {
  bool chained = false;  ///< reads the codes of the tile before the previous one
  int number = 0, tiles = 0;
  QuantizationOperands source;  ///< wrote these
};

Instruction convolution(Draw& draw, const ConvolutionOperands& operands, int tile) {
  Instruction made;
  made.unit = UnitId::convolution;
  made.convolution = operands;
  made.convolution.output_address = static_cast<std::uint16_t>(tile % 2 * half_of_accumulators);
  draw_waits(draw, made, {0, 7});
  draw_posts(draw, made, {1, 8});
  return made;
}

void read_codes(ConvolutionOperands& operands, const QuantizationOperands& codes) {
  operands.input_address = codes.code_address;
  operands.input_row_stride = codes.code_row_stride;
  operands.in_rows = codes.rows;
  operands.in_columns = codes.columns;
  operands.in_blocks = 1;
}

/// One or two convolutions that make a tile of F; the first overwrites, the last one may read codes.
std::vector<Instruction> convolutions_of(const Shape& shape, Draw& draw, const Tile& tile) {
  ConvolutionOperands operands = draw_convolution(shape, draw, loaded_words, most_pixels);
  const auto rows = operands.out_rows, columns = operands.out_columns;
  std::vector<Instruction> made;
  for (int part = 0, parts = draw.between(1, 2); part < parts; ++part) {
    if (part > 0) do
        operands = draw_convolution(shape, draw, loaded_words, most_pixels);
      while (operands.out_rows != rows || operands.out_columns != columns);
    operands.accumulate = part > 0;
    if (tile.chained && part == parts - 1) read_codes(operands, tile.source);
    made.push_back(convolution(draw, operands, tile.number));
  }
  wait_for(made.front(), 12, 1);
  post(made.back(), 11);
  if (tile.chained) wait_for(made.back(), 2, 1);
  if (tile.chained) post(made.back(), 3);
  return made;
}

Instruction quantization_of(const Shape& shape, Draw& draw, const Tile& tile, bool chains,
                            const ConvolutionOperands& made_by) {
  Instruction made;
  made.unit = UnitId::quantization;
  QuantizationOperands& operands = made.quantization;
  operands = draw_quantization(shape, draw, 0, shape.activation_words);
  operands.rows = made_by.out_rows;
  operands.columns = made_by.out_columns;
  operands.accumulator_address = made_by.output_address;
  operands.residual_address = draw.word(0, shape.sum_words - most_pixels);
  operands.result_address = draw.word(0, shape.sum_words - most_pixels);
  operands.code_row_stride = static_cast<std::uint16_t>(operands.columns + draw.between(0, 3));
  operands.code_address = static_cast<std::uint16_t>(loaded_words + tile.number % 2 * code_words);
  wait_for(made, 11, 1);
  post(made, 12);
  if (chains) operands.emit_codes = true;
  if (chains) wait_for(made, 3, 1);
  if (chains && tile.number + 2 < tile.tiles) post(made, 2);
  draw_waits(draw, made, {5, 9, 13, 16});
  draw_posts(draw, made, {4, 10, 14, 15});
  return made;
}

}  // namespace

Stimulus random_convolutions(const Shape& shape, std::uint32_t seed) {
  Draw draw(seed);
  Stimulus stimulus = begin(shape, draw);
  for (int i = draw.between(1, draw.of({2, 6, 20})); i > 0; --i) {
    Instruction made;
    made.unit = UnitId::convolution;
    made.convolution = draw_convolution(shape, draw, shape.activation_words, draw.of({8, 40, 200}));
    draw_waits(draw, made, {0, 2, 7, 12});
    draw_posts(draw, made, {1, 3, 8, 11});
    stimulus.stream(Unit::convolution).push_back({made});
  }
  draw_arrivals(draw, stimulus.stream(Unit::convolution));
  draw_credits(draw, stimulus, {0, 2, 7, 12});
  return stimulus;
}

Stimulus random_quantizations(const Shape& shape, std::uint32_t seed) {
  Draw draw(seed);
  Stimulus stimulus = begin(shape, draw);
  for (int i = draw.between(1, draw.of({3, 10, 40})); i > 0; --i) {
    Instruction made;
    made.unit = UnitId::quantization;
    made.quantization = draw_quantization(shape, draw, 0, shape.activation_words);
    draw_waits(draw, made, {3, 5, 9, 11, 13, 16});
    draw_posts(draw, made, {2, 4, 10, 12, 14, 15});
    stimulus.stream(Unit::quantization).push_back({made});
  }
  draw_arrivals(draw, stimulus.stream(Unit::quantization));
  draw_credits(draw, stimulus, {3, 5, 9, 11, 13, 16});
  return stimulus;
}

Stimulus random_loop(const Shape& shape, std::uint32_t seed) {
  Draw draw(seed);
  Stimulus stimulus = begin(shape, draw);
  std::fill(stimulus.initial.f.bytes.begin(), stimulus.initial.f.bytes.end(), std::uint8_t{0});
  const bool chains = draw.one_in(2);
  Tile tile;
  tile.tiles = draw.between(1, 8);
  std::vector<QuantizationOperands> quantized;
  for (; tile.number < tile.tiles; ++tile.number) {
    tile.chained = chains && tile.number >= 2;
    if (tile.chained) tile.source = quantized[quantized.size() - 2];
    for (const Instruction& made : convolutions_of(shape, draw, tile))
      stimulus.stream(Unit::convolution).push_back({made});
    const auto& made_by = stimulus.stream(Unit::convolution).back().instruction.convolution;
    stimulus.stream(Unit::quantization).push_back({quantization_of(shape, draw, tile, chains, made_by)});
    quantized.push_back(stimulus.stream(Unit::quantization).back().instruction.quantization);
  }
  for (auto& stream : stimulus.streams) draw_arrivals(draw, stream);
  draw_credits(draw, stimulus, {0, 5, 7, 9, 13, 16});
  stimulus.initial_credits[3] = stimulus.initial_credits[12] = 2;
  stimulus.outside_takes = 1U << 1 | 1U << 4 | 1U << 8 | 1U << 10 | 1U << 14 | 1U << 15;
  return stimulus;
}

}  // namespace ernsim::rtl
