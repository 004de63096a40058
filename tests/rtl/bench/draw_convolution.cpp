#include "tests/rtl/bench/draw_convolution.h"

#include <algorithm>

namespace ernsim::rtl {

namespace {

constexpr int most_wide_cycles = 6000;

int panes_of(const Shape& shape, const ConvolutionOperands& o) {
  const int matrices = std::min<int>(shape.lanes, o.kernel);
  return o.in_blocks * o.kernel * ((o.kernel + matrices - 1) / matrices);
}

int input_words(const ConvolutionOperands& o) {
  return (o.in_rows - 1) * o.input_row_stride + o.in_blocks * o.in_columns;
}

void draw_ordinary(Draw& draw, ConvolutionOperands& o) {
  o.kernel = static_cast<std::uint8_t>(draw.of({3, 3, 3, 3, 1, 1, 2, 5}));
  o.stride = static_cast<std::uint8_t>(draw.of({1, 1, 2, 2, 3}));
  o.in_blocks = draw.word(1, draw.of({1, 1, 2, 3}));
  o.row_offset = static_cast<std::int16_t>(draw.between(-2, 1));
  o.column_offset = static_cast<std::int16_t>(draw.between(-2, 1));
}

/// Now and then as far before the region as the strides go, so that far taps are inside.
std::int16_t wide_offset(Draw& draw, int stride, int steps) {
  if (steps > 1 && draw.one_in(3))
    return static_cast<std::int16_t>(-std::min(32768, stride * draw.between(1, steps - 1)));
  if (draw.one_in(3)) return static_cast<std::int16_t>(draw.of({-32768, -257, 256, 32767}));
  return static_cast<std::int16_t>(draw.one_in(2) ? draw.between(-2, 1) : draw.between(-40, 20));
}

void draw_wide(Draw& draw, ConvolutionOperands& o) {
  o.kernel = static_cast<std::uint8_t>(draw.of({1, 1, 1, 3, 3, 4, 6, 7, 9, 11, 17, 33}));
  o.stride = static_cast<std::uint8_t>(draw.of({1, 1, 2, 4, 5, 8, 16, 100, 255}));
  o.in_blocks = draw.word(1, draw.of({1, 5, 9, 17, 33, 300}));
  o.row_offset = wide_offset(draw, o.stride, o.out_rows);
  o.column_offset = wide_offset(draw, o.stride, o.out_columns);
}

/// What the taps cover, a little more or less, so far as it fits.
void draw_input(Draw& draw, ConvolutionOperands& o, int words) {
  const auto covered = [&](int taps) { return std::clamp(taps + draw.between(-3, 1), 1, 65535); };
  int rows = covered((o.out_rows - 1) * o.stride + o.kernel);
  int columns = covered((o.out_columns - 1) * o.stride + o.kernel);
  while (std::int64_t{rows} * columns * o.in_blocks > words && rows * columns > 1)
    (rows > columns ? rows : columns) /= 2;
  o.in_rows = static_cast<std::uint16_t>(rows);
  o.in_columns = static_cast<std::uint16_t>(columns);
  const int used = o.in_blocks * columns, longest = rows > 1 ? (words - used) / (rows - 1) : 65535;
  const int spare = std::max(0, longest - used);
  o.input_row_stride = static_cast<std::uint16_t>(used + draw.between(0, draw.one_in(4) ? spare : std::min(5, spare)));
}

}  // namespace

ConvolutionOperands draw_convolution(const Shape& shape, Draw& draw, Size size, const Region& input, const Tile& tile) {
  ConvolutionOperands o;
  o.out_rows = static_cast<std::uint16_t>(tile.rows);
  o.out_columns = static_cast<std::uint16_t>(tile.columns);
  for (;;) {
    const bool wide = size != Size::ordinary && draw.one_in(2);
    if (wide)
      draw_wide(draw, o);
    else
      draw_ordinary(draw, o);
    draw_input(draw, o, input.words);
    const int panes = panes_of(shape, o), weight_words = panes * shape.channels;
    if (input_words(o) > input.words || weight_words > shape.w.words) continue;
    if (size != Size::ordinary && panes * std::max(tile.pixels(), shape.channels) > most_wide_cycles) continue;
    o.input_address = draw.address(input, input_words(o));
    o.weight_address = draw.address(shape.w, weight_words);
    o.output_address = draw.address(shape.f, tile.pixels());
    o.accumulate = draw.one_in(2);
    return o;
  }
}

ConvolutionOperands draw_huge_convolution(const Shape& shape, Draw& draw, int kind) {
  const int length = 65535 - draw.between(0, 100), deepest = shape.w.words / shape.channels;
  ConvolutionOperands o;
  o.out_rows = static_cast<std::uint16_t>(kind == 0 ? length : 1);
  o.out_columns = static_cast<std::uint16_t>(kind == 1 ? length : 1);
  if (kind == 2) o.in_blocks = static_cast<std::uint16_t>(deepest - draw.between(0, 3));
  if (kind == 3) {
    while (panes_of(shape, o) <= deepest) ++o.kernel;
    --o.kernel;
  }
  draw_input(draw, o, shape.a.words);
  o.input_address = draw.address(shape.a, input_words(o));
  o.weight_address = draw.address(shape.w, panes_of(shape, o) * shape.channels);
  o.output_address = draw.address(shape.f, o.out_rows * o.out_columns);
  o.accumulate = draw.one_in(2);
  return o;
}

}  // namespace ernsim::rtl
