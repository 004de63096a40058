#include "simulation/time_bins.h"

#include <algorithm>

namespace ernsim {

TimeBins::TimeBins(std::size_t counters)
    : counts_(counters, std::vector<std::int64_t>(static_cast<std::size_t>(most))) {}

void TimeBins::cover(Cycle cycles) {
  while (cycles > most * width_) {
    for (auto& bins : counts_) {
      for (std::size_t i = 0; i < bins.size() / 2; ++i) bins[i] = bins[2 * i] + bins[2 * i + 1];
      std::fill(bins.begin() + bins.size() / 2, bins.end(), 0);
    }
    width_ *= 2;
  }
}

void TimeBins::add_cycles(std::size_t counter, Cycle begin, Cycle end) {
  cover(end);
  while (begin < end) {
    const Cycle bin = begin / width_;
    const Cycle next = std::min(end, (bin + 1) * width_);
    counts_[counter][static_cast<std::size_t>(bin)] += next - begin;
    begin = next;
  }
}

void TimeBins::add_at(std::size_t counter, Cycle at, std::int64_t amount) {
  cover(at + 1);
  counts_[counter][static_cast<std::size_t>(at / width_)] += amount;
}

std::vector<std::int64_t> TimeBins::counts(std::size_t counter, Cycle cycles) const {
  const auto& bins = counts_[counter];
  return {bins.begin(), bins.begin() + std::min(most, (cycles + width_ - 1) / width_)};
}

}  // namespace ernsim
