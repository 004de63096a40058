#pragma once

#include <deque>

#include "tests/rtl/bench/recording.h"
#include "tests/rtl/bench/stimulus.h"

namespace ernsim::rtl {

/// Semaphores around a unit that is tested alone. A credit posted in T can be taken from T + latency on.
class CreditCounters {
 public:
  CreditCounters() = default;
  explicit CreditCounters(const Stimulus& stimulus)
      : latency_(stimulus.shape.semaphore_cycles),
        credits_(stimulus.initial_credits.begin(), stimulus.initial_credits.end()) {}

  void begin(Cycle now) {
    for (; !under_way_.empty() && under_way_.front().first <= now; under_way_.pop_front())
      for (std::size_t s = 0; s < semaphore_count; ++s) credits_[s] += under_way_.front().second >> s & 1U;
  }
  std::uint16_t credits(std::size_t semaphore) const { return static_cast<std::uint16_t>(credits_[semaphore]); }
  void take(std::size_t semaphore, std::uint16_t count) { credits_[semaphore] -= count; }
  void post(std::uint32_t mask, Cycle now) { under_way_.push_back({now + latency_, mask}); }

 private:
  Cycle latency_ = 0;
  std::vector<std::uint32_t> credits_;
  std::deque<std::pair<Cycle, std::uint32_t>> under_way_;
};

/// Notes credits whenever they change.
class CreditWatch {
 public:
  void note(Recording& recording, Cycle now, std::size_t semaphore, std::uint16_t credits) {
    if (last_[semaphore] == credits) return;
    last_[semaphore] = credits;
    recording.add(now, Channel::credits, static_cast<int>(semaphore), credits);
  }

 private:
  std::array<std::uint16_t, semaphore_count> last_{};
};

}  // namespace ernsim::rtl
