#pragma once

#include <algorithm>
#include <array>

#include "models/dram/dram_timing.h"

namespace ernsim {

/// Open rows of the ranks of a channel and the first cycle at which each command is allowed. Knows timing, no policy.
///
/// Banks are counted over all bank groups and ranks; sets of banks are bit masks. Every command raises the bounds of
/// the commands it constrains, so asking is a maximum of three numbers.
class RankState {
 public:
  using Banks = std::uint32_t;
  static constexpr std::int64_t closed = -1;

  explicit RankState(const DramTiming& timing);

  std::int64_t open_row(std::size_t bank) const { return banks_[bank].open_row; }
  Banks open_banks() const { return open_banks_; }

  Cycle column_ready(std::size_t bank, bool write) const {
    const std::size_t direction = write ? 1 : 0;
    return std::max(
        {banks_[bank].column, groups_[group(bank)].column[direction], ranks_[rank(bank)].column[direction]});
  }
  Cycle activate_ready(std::size_t bank) const {
    return std::max({banks_[bank].activate, groups_[group(bank)].activate, ranks_[rank(bank)].activate});
  }
  Cycle precharge_ready(std::size_t bank) const {
    return std::max(banks_[bank].precharge, ranks_[rank(bank)].precharge);
  }
  /// When the last open one of these banks may be precharged.
  Cycle last_precharge_ready(Banks banks) const;
  /// When all these banks, being closed, may be refreshed.
  Cycle refresh_ready(Banks banks) const;

  void read(std::size_t bank, Cycle now);
  void write(std::size_t bank, Cycle now);
  void activate(std::size_t bank, std::uint32_t row, Cycle now);
  void precharge(std::size_t bank, Cycle now);
  /// With a column access: the bank closes itself as soon as it may.
  void auto_precharge(std::size_t bank) { close(bank, banks_[bank].precharge, timing_.precharge_to_activate); }
  /// All banks of a rank at once.
  void precharge_all(Banks banks, Cycle now);
  /// All banks of a rank, which are closed.
  void refresh_all(Banks banks, Cycle now);
  void refresh_bank(std::size_t bank, Cycle now);

 private:
  struct Bank {
    std::int64_t open_row = closed;
    Cycle column = 0;
    Cycle activate = 0;
    Cycle precharge = 0;
    Cycle refresh = 0;
  };
  /// Bounds on commands to a bank group, or to all of a rank.
  struct Bounds {
    std::array<Cycle, 2> column{};  ///< [direction]
    Cycle activate = 0;
    Cycle precharge = 0;
  };
  /// The last four ACTs of a rank.
  struct Activates {
    std::array<Cycle, 4> fifth{};  ///< ring: when tFAW of each ends
    std::size_t oldest = 0;
  };

  static void raise(Cycle& bound, Cycle at) { bound = std::max(bound, at); }
  std::size_t group(std::size_t bank) const { return bank >> bank_bits_; }
  std::size_t rank(std::size_t bank) const { return bank >> rank_shift_; }
  void close(std::size_t bank, Cycle at, Cycle to_activate);
  void change_rank(std::size_t rank, Cycle read_at, Cycle write_at);

  DramTiming timing_;
  int bank_bits_;
  int rank_shift_;
  Banks open_banks_ = 0;
  std::array<Bank, dram_max_banks> banks_{};
  std::array<Bounds, dram_max_bank_groups> groups_{};
  std::array<Bounds, dram_max_ranks> ranks_{};
  std::array<Activates, dram_max_ranks> activates_{};
};

inline void RankState::read(std::size_t bank, Cycle now) {
  Bounds& g = groups_[group(bank)];
  Bounds& r = ranks_[rank(bank)];
  raise(r.column[0], now + timing_.ccd_s);
  raise(g.column[0], now + timing_.ccd_l);
  raise(r.column[1], now + timing_.read_to_write);
  raise(banks_[bank].precharge, now + timing_.read_to_precharge);
  if (timing_.rank_bits > 0)
    change_rank(rank(bank) ^ 1U, now + timing_.rank_read_to_read, now + timing_.rank_read_to_write);
}

inline void RankState::write(std::size_t bank, Cycle now) {
  Bounds& g = groups_[group(bank)];
  Bounds& r = ranks_[rank(bank)];
  raise(r.column[1], now + timing_.ccd_s);
  raise(g.column[1], now + timing_.ccd_l);
  raise(r.column[0], now + timing_.write_to_read_s);
  raise(g.column[0], now + timing_.write_to_read_l);
  raise(banks_[bank].precharge, now + timing_.write_to_precharge);
  if (timing_.rank_bits > 0)
    change_rank(rank(bank) ^ 1U, now + timing_.rank_write_to_read, now + timing_.rank_write_to_write);
}

/// The other rank may not have the data bus earlier.
inline void RankState::change_rank(std::size_t rank, Cycle read_at, Cycle write_at) {
  raise(ranks_[rank].column[0], read_at);
  raise(ranks_[rank].column[1], write_at);
}

inline void RankState::activate(std::size_t bank, std::uint32_t row, Cycle now) {
  Bank& b = banks_[bank];
  b.open_row = row;
  open_banks_ |= Banks{1} << bank;
  raise(b.column, now + timing_.activate_to_column);
  raise(b.precharge, now + timing_.activate_to_precharge);
  raise(b.activate, now + timing_.activate_to_activate);
  raise(b.refresh, now + timing_.activate_to_refresh);
  raise(groups_[group(bank)].activate, now + timing_.rrd_l);
  Activates& last = activates_[rank(bank)];
  last.fifth[last.oldest] = now + timing_.faw;
  last.oldest = (last.oldest + 1) % last.fifth.size();
  raise(ranks_[rank(bank)].activate, std::max(now + timing_.rrd_s, last.fifth[last.oldest]));
}

inline void RankState::precharge(std::size_t bank, Cycle now) {
  close(bank, now, timing_.precharge_to_activate);
  raise(ranks_[rank(bank)].precharge, now + timing_.precharge_to_precharge);
}

inline void RankState::close(std::size_t bank, Cycle at, Cycle to_activate) {
  Bank& b = banks_[bank];
  b.open_row = closed;
  open_banks_ &= ~(Banks{1} << bank);
  raise(b.activate, at + to_activate);
  raise(b.refresh, at + timing_.precharge_to_refresh);
}

}  // namespace ernsim
