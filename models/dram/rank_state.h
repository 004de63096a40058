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
  bool any_open() const { return open_banks_ > 0; }
  int open_banks() const { return open_banks_; }

  Cycle read_ready(std::size_t bank) const {
    return std::max({banks_[bank].column, groups_[group(bank)].read, all_.read});
  }
  Cycle write_ready(std::size_t bank) const {
    return std::max({banks_[bank].column, groups_[group(bank)].write, all_.write});
  }
  /// No bank is ready for a column access earlier.
  Cycle column_bound(bool write) const { return write ? all_.write : all_.read; }
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
    Cycle read = 0;
    Cycle write = 0;
    Cycle activate = 0;
  };

  static void raise(Cycle& bound, Cycle at) { bound = std::max(bound, at); }
  std::size_t group(std::size_t bank) const { return bank >> bank_bits_; }
  std::size_t banks() const { return static_cast<std::size_t>(timing_.banks()); }

  DramTiming timing_;
  int bank_bits_;
  int open_banks_ = 0;
  std::array<Bank, dram_max_banks> banks_{};
  std::array<Bounds, dram_max_bank_groups> groups_{};
  Bounds all_;
  std::array<Cycle, 4> fifth_activate_{};  ///< ring: when tFAW of each of the last four ACTs ends
  std::size_t oldest_activate_ = 0;
};

}  // namespace ernsim
