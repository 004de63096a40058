#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>

namespace ernsim::test {

/// Random choices from one seed, the same on every machine.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}

  bool chance(int percent) { return integer(0, 99) < percent; }
  /// From `low` to `high`, both included.
  std::int64_t integer(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  /// A place in something of `size` elements.
  std::size_t index(std::size_t size) { return static_cast<std::size_t>(random_() % size); }
  template <class Value>
  Value one_of(std::initializer_list<Value> values) {
    return *(values.begin() + index(values.size()));
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace ernsim::test
