#pragma once

#include <cstdint>

namespace ernsim::compiler {

/// Hands out the words [begin, end) of a memory in turn; a piece never wraps around the end.
class Ring {
 public:
  Ring() = default;
  Ring(std::uint32_t begin, std::uint32_t end) : begin_(begin), end_(end), next_(begin) {}

  std::uint32_t size() const { return end_ - begin_; }

  std::uint32_t take(std::uint32_t words) {
    if (next_ + words > end_) next_ = begin_;
    const std::uint32_t at = next_;
    next_ += words;
    return at;
  }

 private:
  std::uint32_t begin_ = 0, end_ = 0, next_ = 0;
};

}  // namespace ernsim::compiler
