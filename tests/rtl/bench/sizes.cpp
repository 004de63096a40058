#include "tests/rtl/bench/sizes.h"

namespace ernsim::rtl {

namespace {

Tile draw_wide_tile(Draw& draw) {
  if (draw.one_in(3)) return {draw.of({15, 16, 17, 32}), draw.of({15, 16, 20, 32})};
  const int length = draw.of({16, 17, 31, 33, 40, 64, 65, 100, 130, 257, 300, 520, 1030});
  const int width = draw.between(1, 3);
  return draw.one_in(2) ? Tile{length, width} : Tile{width, length};
}

bool is_small(const Shape& shape) { return shape.channels <= 16; }

}  // namespace

Size size_of(const Shape& shape, std::uint32_t seed) {
  if (is_small(shape) && seed < 64 && seed % 16 == 10) return Size::huge;
  return seed % 4 == 2 ? Size::wide : Size::ordinary;
}

Depths depths_alone(const Shape& shape) {
  if (is_small(shape)) return {65536, 65536, 4096, 65536, 65536, 65536};
  return {16384, 16384, 256, 4096, 4096, 4096};
}

Shape grown(Shape shape, Draw& draw, Size size, const Depths& depths) {
  const auto grow = [&](Region& region, int depth) {
    if (size == Size::wide) region.words = std::min(4 * region.words, depth);
    if (size == Size::huge) region.words = depth;
    if (draw.one_in(6)) region.first = draw.one_in(2) ? depth - region.words : draw.between(0, depth - region.words);
  };
  grow(shape.a, depths.a);
  grow(shape.w, depths.w);
  grow(shape.q, depths.q);
  grow(shape.f, depths.f);
  grow(shape.r, depths.r);
  grow(shape.s, depths.s);
  return shape;
}

Tile draw_tile(Draw& draw, Size size, int most_pixels) {
  for (;;) {
    const bool wide = size != Size::ordinary && draw.one_in(2);
    const Tile tile = wide ? draw_wide_tile(draw)
                           : Tile{draw.between(1, draw.of({1, 4, 8, 13})), draw.between(1, draw.of({1, 4, 8, 13}))};
    if (tile.pixels() <= most_pixels) return tile;
  }
}

int draw_wait_count(Draw& draw, Size size) {
  if (size == Size::ordinary || draw.one_in(2)) return draw.between(1, 3);
  return draw.one_in(2) ? draw.between(4, 2047) : draw.of({15, 16, 31, 255, 256, 511, 1023, 1024, 1025, 2047});
}

}  // namespace ernsim::rtl
