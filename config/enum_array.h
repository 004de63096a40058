#pragma once

#include <array>
#include <cstddef>

namespace ernsim {

// For enumerations whose values count from 0. Beside such a one stands `constexpr std::size_t count_of(E)`, how many
// values it has.

template <class E>
constexpr std::size_t index_of(E value) {
  return static_cast<std::size_t>(value);
}

/// A T for every value of E.
template <class E, class T>
struct EnumArray {
  std::array<T, count_of(E{})> values;  ///< in the order of E

  constexpr T& operator[](E key) { return values[index_of(key)]; }
  constexpr const T& operator[](E key) const { return values[index_of(key)]; }
  static constexpr std::size_t size() { return count_of(E{}); }
  constexpr auto begin() { return values.begin(); }
  constexpr auto begin() const { return values.begin(); }
  constexpr auto end() { return values.end(); }
  constexpr auto end() const { return values.end(); }
  void fill(const T& value) { values.fill(value); }
  bool operator==(const EnumArray& other) const { return values == other.values; }
  bool operator!=(const EnumArray& other) const { return values != other.values; }
};

/// The value `steps` places on; the first one follows the last.
template <class E>
constexpr E after(E value, std::size_t steps = 1) {
  return static_cast<E>((index_of(value) + steps) % count_of(E{}));
}

/// All values of E in their order, for a range-based for.
template <class E>
class Each {
 public:
  class Iterator {
   public:
    constexpr explicit Iterator(std::size_t index) : index_(index) {}
    constexpr E operator*() const { return static_cast<E>(index_); }
    constexpr Iterator& operator++() {
      ++index_;
      return *this;
    }
    constexpr bool operator!=(Iterator other) const { return index_ != other.index_; }

   private:
    std::size_t index_;
  };
  constexpr Iterator begin() const { return Iterator(0); }
  constexpr Iterator end() const { return Iterator(count_of(E{})); }
};

template <class E>
constexpr Each<E> each() {
  return {};
}

}  // namespace ernsim
