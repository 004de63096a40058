#pragma once

#include <algorithm>
#include <array>

#include "models/dram/dram_timing.h"

namespace ernsim {

/// Open rows of one rank and the first cycle at which each command is allowed. Knows timing, no policy.
///
/// Every command raises the bounds of the commands it constrains, so asking is a maximum of three numbers.
class RankState {
 public:
  static constexpr std::int64_t closed = -1;

  explicit RankState(const DramTiming& timing);

  std::int64_t open_row(std::size_t bank) const { return banks_[bank].open_row; }
  /// A bit for each bank with an open row.
  std::uint32_t open_banks() const { return open_banks_; }

  Cycle column_ready(std::size_t bank, bool write) const {
    const std::size_t direction = write ? 1 : 0;
    return std::max({banks_[bank].column, groups_[group(bank)].column[direction], all_.column[direction]});
  }
  Cycle activate_ready(std::size_t bank) const {
    return std::max({banks_[bank].activate, groups_[group(bank)].activate, all_.activate});
  }
  Cycle precharge_ready(std::size_t bank) const { return banks_[bank].precharge; }
  /// When the last open bank may be precharged.
  Cycle precharge_all_ready() const;
  /// When all banks, being closed, may be refreshed.
  Cycle refresh_ready() const;

  void read(std::size_t bank, Cycle now);
  void write(std::size_t bank, Cycle now);
  void activate(std::size_t bank, std::uint32_t row, Cycle now);
  /// `now` may lie ahead: a precharge that the DRAM makes by itself.
  void precharge(std::size_t bank, Cycle now);
  void precharge_all(Cycle now);
  void refresh(Cycle now);

 private:
  struct Bank {
    std::int64_t open_row = closed;
    Cycle column = 0;
    Cycle activate = 0;
    Cycle precharge = 0;
  };
  /// Bounds on commands to a bank group, or to all of the rank.
  struct Bounds {
    std::array<Cycle, 2> column{};  ///< [direction]
    Cycle activate = 0;
  };

  static void raise(Cycle& bound, Cycle at) { bound = std::max(bound, at); }
  std::size_t group(std::size_t bank) const { return bank >> bank_bits_; }
  std::size_t banks() const { return static_cast<std::size_t>(timing_.banks()); }

  DramTiming timing_;
  int bank_bits_;
  std::uint32_t open_banks_ = 0;
  std::array<Bank, dram_max_banks> banks_{};
  std::array<Bounds, dram_max_bank_groups> groups_{};
  Bounds all_;
  std::array<Cycle, 4> fifth_activate_{};  ///< ring: when tFAW of each of the last four ACTs ends
  std::size_t oldest_activate_ = 0;
};

inline void RankState::read(std::size_t bank, Cycle now) {
  Bounds& g = groups_[group(bank)];
  raise(all_.column[0], now + timing_.ccd_s);
  raise(g.column[0], now + timing_.ccd_l);
  raise(all_.column[1], now + timing_.read_to_write());
  raise(banks_[bank].precharge, now + timing_.rtp);
}

inline void RankState::write(std::size_t bank, Cycle now) {
  Bounds& g = groups_[group(bank)];
  raise(all_.column[1], now + timing_.ccd_s);
  raise(g.column[1], now + timing_.ccd_l);
  raise(all_.column[0], now + timing_.write_to_read_s());
  raise(g.column[0], now + timing_.write_to_read_l());
  raise(banks_[bank].precharge, now + timing_.write_to_precharge());
}

inline void RankState::activate(std::size_t bank, std::uint32_t row, Cycle now) {
  Bank& b = banks_[bank];
  b.open_row = row;
  open_banks_ |= 1U << bank;
  raise(b.column, now + timing_.rcd);
  raise(b.precharge, now + timing_.ras);
  raise(b.activate, now + timing_.rc);
  raise(groups_[group(bank)].activate, now + timing_.rrd_l);
  fifth_activate_[oldest_activate_] = now + timing_.faw;
  oldest_activate_ = (oldest_activate_ + 1) % fifth_activate_.size();
  raise(all_.activate, std::max(now + timing_.rrd_s, fifth_activate_[oldest_activate_]));
}

inline void RankState::precharge(std::size_t bank, Cycle now) {
  banks_[bank].open_row = closed;
  open_banks_ &= ~(1U << bank);
  raise(banks_[bank].activate, now + timing_.rp);
}

}  // namespace ernsim
