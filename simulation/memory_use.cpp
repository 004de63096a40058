#include "simulation/memory_use.h"

#include <algorithm>
#include <limits>

namespace ernsim {

void MemoryUse::write(std::size_t first, std::size_t last, Cycle start, Cycle end) {
  last = std::min(last, words_.size());
  close(first, last, start);
  for (std::size_t word = first; word < last; ++word) words_[word] = {start, end};
}

void MemoryUse::read(std::size_t first, std::size_t last, Cycle end) {
  last = std::min(last, words_.size());
  for (std::size_t word = first; word < last; ++word) words_[word].end = std::max(words_[word].end, end);
}

void MemoryUse::finish() {
  close(0, words_.size(), std::numeric_limits<Cycle>::max());
  std::sort(changes_.begin(), changes_.end());
}

/// Neighbours with the same life make one pair of changes.
void MemoryUse::close(std::size_t first, std::size_t last, Cycle latest_end) {
  for (std::size_t word = first; word < last;) {
    const Life life = words_[word];
    const std::size_t begin = word;
    while (word < last && words_[word] == life) words_[word++] = Life{};
    if (life.begin < 0 || std::min(life.end, latest_end) <= life.begin) continue;
    const auto count = static_cast<std::int64_t>(word - begin);
    changes_.push_back({life.begin, count});
    changes_.push_back({std::min(life.end, latest_end), -count});
  }
}

MemoryUse::Bins MemoryUse::bins(Cycle origin, Cycle cycles, Cycle width) const {
  const auto count = static_cast<std::size_t>((cycles + width - 1) / width);
  Bins bins{std::vector<std::int64_t>(count), std::vector<std::int64_t>(count)};
  std::int64_t in_use = 0;
  Cycle now = 0;
  const auto pass = [&](Cycle until) {
    while (now < until) {
      const auto bin = static_cast<std::size_t>(now / width);
      const Cycle next = std::min(until, (now / width + 1) * width);
      bins.word_cycles[bin] += in_use * (next - now);
      bins.peak_words[bin] = std::max(bins.peak_words[bin], in_use);
      now = next;
    }
  };
  for (const Change& change : changes_) {
    pass(std::clamp<Cycle>(change.at - origin, 0, cycles));
    in_use += change.words;
  }
  pass(cycles);
  return bins;
}

}  // namespace ernsim
