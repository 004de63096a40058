#pragma once

#include "tests/rtl/bench/draw.h"

namespace ernsim::rtl {

/// Most cases are ordinary: small, and quick. In wide ones tiles, kernels, strides, offsets, blocks, waits and credits
/// need more bits; huge ones, of small arrays only, have an instruction that fills a whole memory of 65536 words.
enum class Size { ordinary, wide, huge };
Size size_of(const Shape& shape, std::uint32_t seed);

/// Words of the memories around the units.
struct Depths {
  int a, w, q, f, r, s;
};
/// Of the memories in C++ around a unit that is tested alone.
Depths depths_alone(const Shape& shape);

/// The shape with its regions grown to the size, each sometimes moved to anywhere in its memory, often to the end.
Shape grown(Shape shape, Draw& draw, Size size, const Depths& depths);

struct Tile {
  int rows = 1, columns = 1;

  int pixels() const { return rows * columns; }
};
/// A tile of `most_pixels` at most: long and thin, or square, in wide cases.
Tile draw_tile(Draw& draw, Size size, int most_pixels);

/// How many credits an instruction waits for.
int draw_wait_count(Draw& draw, Size size);

}  // namespace ernsim::rtl
