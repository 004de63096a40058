#pragma once

#include <cstddef>
#include <iterator>
#include <vector>

namespace ernsim {

/// A queue in a ring of a power of two places, which grows to the most that it ever held and then allocates no more.
template <class T>
class Fifo {
 public:
  bool empty() const { return count_ == 0; }
  std::size_t size() const { return count_; }
  /// `index` from the front.
  T& operator[](std::size_t index) { return places_[(first_ + index) & mask_]; }
  const T& operator[](std::size_t index) const { return places_[(first_ + index) & mask_]; }
  T& front() { return (*this)[0]; }
  const T& front() const { return (*this)[0]; }
  T& back() { return (*this)[count_ - 1]; }
  const T& back() const { return (*this)[count_ - 1]; }

  void push_back(const T& value) { extend() = value; }
  /// A new last one, whose value is left over from others.
  T& extend() {
    if (count_ == mask_ + 1) grow();
    return (*this)[count_++];
  }
  void pop_front() {
    ++first_;
    --count_;
  }
  void clear() { count_ = 0; }

 private:
  void grow() {
    std::vector<T> larger(places_.empty() ? 4 : 2 * places_.size());
    for (std::size_t i = 0; i < count_; ++i) larger[i] = (*this)[i];
    places_.swap(larger);
    first_ = 0;
    mask_ = places_.size() - 1;
  }

  std::vector<T> places_;
  std::size_t mask_ = ~std::size_t{0};  ///< places but one
  std::size_t first_ = 0;               ///< of the front, counted on beyond the end
  std::size_t count_ = 0;
};

}  // namespace ernsim
