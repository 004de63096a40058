#pragma once

#include <initializer_list>

#include "tests/rtl/bench/stimulus.h"

namespace ernsim::rtl {

/// Random values with names.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}

  std::uint32_t bits() { return static_cast<std::uint32_t>(random_()); }
  int between(int low, int high) { return low + static_cast<int>(random_() % static_cast<unsigned>(high - low + 1)); }
  bool one_in(int n) { return between(1, n) == 1; }
  int of(std::initializer_list<int> choices) {
    return choices.begin()[between(0, static_cast<int>(choices.size()) - 1)];
  }
  std::uint16_t word(int low, int high) { return static_cast<std::uint16_t>(between(low, high)); }
  /// Where `words` words of the region begin.
  std::uint16_t address(const Region& region, int words) { return word(region.first, region.end() - words); }

 private:
  std::mt19937 random_;
};

/// Contents of all memories: sums of all sizes, thresholds that some sums just meet or miss.
void fill_memories(const Shape& shape, Draw& draw, Memories& memories);

/// What the instructions need of each semaphore.
std::array<int, semaphore_count> needed_credits(const std::vector<Arrival>& stream);

/// Chooses when instructions arrive, and marks the last one.
void draw_arrivals(Draw& draw, std::vector<Arrival>& stream);

/// Splits what is needed of `semaphores` into initial credits and outside posts, now and then more than is needed. With
/// `many`, thousands are needed, and nearly all are there from the beginning, or many more.
void draw_credits(Draw& draw, Stimulus& stimulus, std::initializer_list<std::size_t> semaphores, bool many);

}  // namespace ernsim::rtl
