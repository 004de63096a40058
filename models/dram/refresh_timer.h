#pragma once

#include "models/dram/dram_timing.h"

namespace ernsim {

/// Which banks are refreshed next, and when: all of a rank, or one, in turn. Each has its REF every tREFI, counted from
/// cycle 0, however late the last one was; those of different ranks or banks are spread evenly. No postponing.
class RefreshTimer {
 public:
  RefreshTimer(const DramConfig& config, const DramTiming& timing)
      : per_bank_(config.refresh_mode == RefreshMode::per_bank),
        ranks_(timing.ranks()),
        banks_(timing.banks()),
        interval_(timing.refresh_interval),
        due_(config.refresh ? interval_ / turns() : never) {}

  Cycle due() const { return due_; }
  /// A bit each, over all ranks.
  std::uint32_t banks() const {
    const auto turn = static_cast<int>(done_ % turns());
    const int first = turn % ranks_ * banks_;
    if (per_bank_) return std::uint32_t{1} << (first + turn / ranks_);
    return static_cast<std::uint32_t>(((std::uint64_t{1} << banks_) - 1) << first);
  }
  bool per_bank() const { return per_bank_; }
  void done() {
    ++done_;
    due_ = (done_ + 1) * interval_ / turns();
  }

 private:
  std::int64_t turns() const { return per_bank_ ? std::int64_t{ranks_} * banks_ : ranks_; }

  bool per_bank_;
  int ranks_, banks_;
  Cycle interval_;
  Cycle due_;
  std::int64_t done_ = 0;
};

}  // namespace ernsim
