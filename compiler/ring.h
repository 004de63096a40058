#pragma once

#include <cstdint>
#include <vector>

namespace ernsim::compiler {

/// Hands out the words [begin, end) of a memory in turn; a piece never wraps around the end.
class Ring {
 public:
  Ring() = default;
  Ring(std::uint32_t begin, std::uint32_t end) : begin_(begin), end_(end), next_(begin) {}

  std::uint32_t begin() const { return begin_; }
  std::uint32_t size() const { return end_ - begin_; }
  /// The next piece is at `address` if it fits before the end.
  void go_to(std::uint32_t address) { next_ = address; }

  /// Pieces of `words` words follow each other with as little as possible left over at the end.
  void align(std::uint32_t words) {
    next_ = begin_ + (next_ - begin_ + words - 1) / words * words;
    if (next_ + words > end_) next_ = begin_;
  }
  /// Whether none of the pieces would be overwritten by another, taken in turn.
  bool holds(const std::vector<std::uint32_t>& pieces) const {
    Ring trial = *this;
    bool wrapped = false;
    for (const std::uint32_t words : pieces) {
      const std::uint32_t before = trial.next_, at = trial.take(words);
      wrapped = wrapped || at < before;
      if (wrapped && at + words > next_) return false;
    }
    return true;
  }

  /// A piece of a layer whose pieces have up to `slot` words. Where two such fit, each takes so many: smaller ones at a
  /// picture's edge would otherwise shift those after them onto words that are still in use.
  std::uint32_t take_slot(std::uint32_t words, std::uint32_t slot) { return take(2 * slot <= size() ? slot : words); }

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
