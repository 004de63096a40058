#include "simulation/memory_use.h"

#include <catch2/catch.hpp>

using ernsim::MemoryUse;
using Counts = std::vector<std::int64_t>;

TEST_CASE("a word is in use from the start of its write to the end of its last read") {
  MemoryUse memory(8);
  memory.write(0, 4, 2, 3);
  memory.read(0, 4, 5);
  memory.read(1, 2, 7);
  memory.finish();
  const auto bins = memory.bins(0, 8, 1);
  CHECK(bins.peak_words == Counts{0, 0, 4, 4, 4, 1, 1, 0});
  CHECK(bins.word_cycles == bins.peak_words);
}

TEST_CASE("a word that nobody reads is in use while it is written") {
  MemoryUse memory(4);
  memory.write(1, 3, 1, 3);
  memory.finish();
  CHECK(memory.bins(0, 4, 1).peak_words == Counts{0, 2, 2, 0});
}

TEST_CASE("a word written again counts once") {
  MemoryUse memory(2);
  memory.write(0, 2, 0, 2);
  memory.read(0, 2, 6);
  memory.write(0, 1, 4, 5);
  memory.read(0, 1, 8);
  memory.finish();
  CHECK(memory.bins(0, 8, 1).peak_words == Counts{2, 2, 2, 2, 2, 2, 1, 1});
}

TEST_CASE("a bin holds the sum and the largest number of its cycles, counted from the origin") {
  MemoryUse memory(10);
  memory.write(0, 3, 101, 103);
  memory.write(5, 10, 105, 107);
  memory.finish();
  const auto bins = memory.bins(100, 8, 4);
  CHECK(bins.word_cycles == Counts{6, 10});
  CHECK(bins.peak_words == Counts{3, 5});
}
