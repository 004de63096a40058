#include "compiler/ring.h"

#include <catch2/catch.hpp>

#include "compiler/dependencies.h"

using namespace ernsim;
using compiler::Ring;

TEST_CASE("pieces of a ring follow each other, and wrap around one by one") {
  Ring ring(10, 20);
  CHECK(ring.take(4) == 10);
  CHECK(ring.take(4) == 14);
  CHECK(ring.take(4) == 10);
}

TEST_CASE("a ring holds pieces that come to its size, and not one word more") {
  Ring ring(0, 12);
  CHECK(ring.holds({4, 4, 4}));
  CHECK_FALSE(ring.holds({4, 4, 4, 1}));
  ring.take(4);
  CHECK(ring.holds({4, 4, 4}));
  CHECK_FALSE(ring.holds({4, 4, 5}));
}

TEST_CASE("words that a piece leaves over at the end count as taken") {
  Ring ring(0, 12);
  ring.take(4);
  CHECK(ring.holds({5, 4}));
  CHECK_FALSE(ring.holds({5, 5}));
}

TEST_CASE("an aligned ring has as many pieces as fit into it") {
  Ring ring(0, 14);
  ring.take(3);
  ring.align(5);
  CHECK(ring.take(5) == 5);
  CHECK(ring.take(5) == 0);
  CHECK(ring.take(5) == 5);
}

TEST_CASE("the last use of words is that of the latest instruction that reads or writes one of them") {
  compiler::Dependencies program;
  Instruction load;
  load.unit = UnitId::load_activations;
  program.add(load);
  program.write(MemoryId::activations, 100, 1000);
  Instruction convolve;
  convolve.unit = UnitId::convolution;
  program.add(convolve);
  program.read(MemoryId::activations, 300, 10);
  const auto last = [&](std::uint32_t begin, std::uint32_t count) {
    return program.last_use(MemoryId::activations, begin, count);
  };
  CHECK(last(0, 100) == 0);
  CHECK(last(0, 101) == 1);
  CHECK(last(200, 100) == 1);
  CHECK(last(200, 101) == 2);
  CHECK(last(309, 1) == 2);
  CHECK(last(310, 700) == 1);
  CHECK(last(1100, 5000) == 0);
}

TEST_CASE("smaller pieces at a picture's edge do not shift those after them onto the piece before") {
  Ring ring(0, 20);
  CHECK(ring.take_slot(7, 10) == 0);
  CHECK(ring.take_slot(10, 10) == 10);
  CHECK(ring.take_slot(10, 10) == 0);
}

TEST_CASE("where only one piece of full size fits, smaller ones share the room") {
  Ring ring(0, 15);
  CHECK(ring.take_slot(7, 10) == 0);
  CHECK(ring.take_slot(7, 10) == 7);
}
