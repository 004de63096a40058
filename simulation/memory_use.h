#pragma once

#include <vector>

#include "timing/clock.h"

namespace ernsim {

/// Words of one memory that are in use over time. A word is in use from the start of the instruction that writes it to
/// the end of the last instruction that reads it before it is written again, or of the writing one if none does.
/// Instructions are given in the order in which they end.
class MemoryUse {
 public:
  explicit MemoryUse(std::size_t words) : words_(words) {}

  /// An instruction that ran from `start` to `end` writes, or reads, the words from `first` to before `last`.
  void write(std::size_t first, std::size_t last, Cycle start, Cycle end);
  void read(std::size_t first, std::size_t last, Cycle end);
  /// No more instructions: all words come free at the end of their use.
  void finish();

  std::size_t capacity_words() const { return words_.size(); }

  /// Per bin of `width` cycles.
  struct Bins {
    std::vector<std::int64_t> word_cycles;  ///< sum over the bin's cycles of the words in use
    std::vector<std::int64_t> peak_words;
  };
  /// Of the cycles from `origin` to `origin + cycles`.
  Bins bins(Cycle origin, Cycle cycles, Cycle width) const;

 private:
  struct Life {
    Cycle begin = -1;  ///< -1: not in use
    Cycle end = -1;
    bool operator==(const Life& other) const { return begin == other.begin && end == other.end; }
  };
  /// From `at` on, so many words more are in use, or fewer.
  struct Change {
    Cycle at;
    std::int64_t words;
    bool operator<(const Change& other) const { return at != other.at ? at < other.at : words < other.words; }
  };

  void close(std::size_t first, std::size_t last, Cycle latest_end);

  std::vector<Life> words_;
  std::vector<Change> changes_;
};

}  // namespace ernsim
