#include "tests/rtl/bench/draw_convolution.h"
#include "tests/rtl/bench/draw_instruction.h"
#include "tests/rtl/bench/random_stimulus.h"

namespace ernsim::rtl {

namespace {

/// One instruction in the middle of a huge case is huge; its kind follows from the seed.
template <class Huge, class Usual>
void draw_stream(Draw& draw, Size size, int most, std::vector<Arrival>& stream, Huge huge, Usual usual) {
  const int count = size == Size::ordinary ? draw.between(1, most) : size == Size::wide ? draw.between(1, 6) : 3;
  for (int i = 0; i < count; ++i) stream.push_back({size == Size::huge && i == 1 ? huge() : usual()});
}

}  // namespace

Stimulus random_convolutions(const Shape& shape, std::uint32_t seed) {
  Draw draw(seed);
  const Size size = size_of(shape, seed);
  Stimulus stimulus = begin_case(shape, draw, size, depths_alone(shape));
  const Shape& grown = stimulus.shape;
  const auto make = [&](const ConvolutionOperands& operands) {
    Instruction made;
    made.unit = UnitId::convolution;
    made.convolution = operands;
    draw_waits(draw, size, made, {0, 2, 7, 12});
    draw_posts(draw, made, {1, 3, 8, 11});
    return made;
  };
  draw_stream(
      draw, size, draw.of({2, 6, 20}), stimulus.stream(Unit::convolution),
      [&] { return make(draw_huge_convolution(grown, draw, static_cast<int>(seed / 16 % 4))); },
      [&] {
        const Tile tile = draw_tile(draw, size, size == Size::ordinary ? draw.of({8, 40, 200}) : 2048);
        return make(draw_convolution(grown, draw, size, grown.a, tile));
      });
  draw_arrivals(draw, stimulus.stream(Unit::convolution));
  draw_credits(draw, stimulus, {0, 2, 7, 12}, size != Size::ordinary);
  return stimulus;
}

Stimulus random_quantizations(const Shape& shape, std::uint32_t seed) {
  Draw draw(seed);
  const Size size = size_of(shape, seed);
  Stimulus stimulus = begin_case(shape, draw, size, depths_alone(shape));
  const Shape& grown = stimulus.shape;
  const auto make = [&](const Tile& tile) {
    Instruction made;
    made.unit = UnitId::quantization;
    made.quantization = draw_quantization(grown, draw, grown.a, tile);
    draw_waits(draw, size, made, {3, 5, 9, 11, 13, 16});
    draw_posts(draw, made, {2, 4, 10, 12, 14, 15});
    return made;
  };
  draw_stream(
      draw, size, draw.of({3, 10, 40}), stimulus.stream(Unit::quantization),
      [&] {
        const int length = 65535 - draw.between(0, 100);
        return make(seed / 16 % 2 == 0 ? Tile{length, 1} : Tile{1, length});
      },
      [&] { return make(draw_tile(draw, size, size == Size::ordinary ? 100 : 2048)); });
  draw_arrivals(draw, stimulus.stream(Unit::quantization));
  draw_credits(draw, stimulus, {3, 5, 9, 11, 13, 16}, size != Size::ordinary);
  return stimulus;
}

}  // namespace ernsim::rtl
