#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "models/dram/dram_command.h"
#include "models/dram/dram_config.h"

namespace ernsim::test {

/// The rules of JEDEC, command pair by command pair, from the part's own numbers: shares no code with the model.
///
/// The standards count from the last clock of a command to the last clock of the next; `at` of a command is its first.
class CommandRules {
 public:
  explicit CommandRules(const DramConfig& config)
      : config_(config),
        per_rank_(static_cast<std::size_t>(config.part.bank_groups * config.part.banks_per_group)),
        banks_(per_rank_ * static_cast<std::size_t>(config.ranks)) {}

  /// The rule that `c` breaks after the commands noted so far, empty if none. Later than all of them.
  std::string broken(const DramCommand& c) const {
    if (c.at < bus_free_) return "two commands on the bus";
    switch (c.kind) {
      case DramCommandKind::activate:
        return activate(c);
      case DramCommandKind::read:
      case DramCommandKind::read_precharge:
        return column(c, false);
      case DramCommandKind::write:
      case DramCommandKind::write_precharge:
        return column(c, true);
      case DramCommandKind::precharge:
        return precharge(banks_[c.bank], rank(c.bank), last(c));
      case DramCommandKind::precharge_all:
        return precharge_all(rank(c.bank), last(c));
      case DramCommandKind::refresh:
        for (std::size_t b = 0; b < per_rank_; ++b)
          if (const auto why = refresh(banks_[rank(c.bank) * per_rank_ + b], last(c)); !why.empty()) return why;
        return "";
      case DramCommandKind::refresh_bank:
        break;
    }
    if (last(c) - ranks_[rank(c.bank)].bank_refresh < t(Id::tRFCpb)) return "tRFCpb between banks";
    return refresh(banks_[c.bank], last(c));
  }

  void note(const DramCommand& c) {
    bus_free_ = c.at + length(c);
    Bank& b = banks_[c.bank];
    Rank& r = ranks_[rank(c.bank)];
    const Cycle at = last(c);
    switch (c.kind) {
      case DramCommandKind::activate:
        r.activates = {r.activates[1], r.activates[2], r.activates[3], at};
        b.row = c.row;
        b.activate = at;
        break;
      case DramCommandKind::read:
      case DramCommandKind::read_precharge:
        b.read = at;
        data_end_ = at + read_latency() + burst();
        data_rank_ = rank(c.bank);
        break;
      case DramCommandKind::write:
      case DramCommandKind::write_precharge:
        b.write = at;
        data_end_ = at + t(Id::CWL) + burst();
        data_rank_ = rank(c.bank);
        break;
      case DramCommandKind::precharge:
        r.precharge = at;
        close(b, at, t(Id::tRP));
        break;
      case DramCommandKind::precharge_all:
        r.precharge = at;
        for (std::size_t i = 0; i < per_rank_; ++i) {
          Bank& each = banks_[rank(c.bank) * per_rank_ + i];
          close(each, at, ab());
          each.closed_until = std::max(each.closed_until, at + ab());
        }
        break;
      case DramCommandKind::refresh:
        for (std::size_t i = 0; i < per_rank_; ++i) banks_[rank(c.bank) * per_rank_ + i].refreshed = at + t(Id::tRFC);
        break;
      case DramCommandKind::refresh_bank:
        b.refreshed = at + t(Id::tRFCpb);
        r.bank_refresh = at;
        break;
    }
    if (c.kind == DramCommandKind::read_precharge || c.kind == DramCommandKind::write_precharge) {
      const Cycle by_itself =
          std::max({b.activate + t(Id::tRAS), b.read + read_to_precharge(), write_end(b) + t(Id::tWR)});
      close(b, by_itself, t(Id::tRP));
    }
  }

  bool any_open(std::size_t first, std::size_t count) const {
    return std::any_of(banks_.begin() + static_cast<std::ptrdiff_t>(first),
                       banks_.begin() + static_cast<std::ptrdiff_t>(first + count),
                       [](const Bank& b) { return b.row != closed; });
  }
  /// -1: none.
  std::int64_t open_row(std::uint32_t bank) const { return banks_[bank].row; }
  std::size_t banks_per_rank() const { return per_rank_; }

  /// In clocks.
  Cycle t(DramDelayId id) const {
    const double set = config_.delays_ns[id];
    const auto& d = config_.part.delay(id);
    if (set > 0) return rounded(set);
    return std::max<Cycle>(d.clocks, rounded(d.ns));
  }
  Cycle burst() const { return config_.part.burst_length / (config_.part.standard == DramStandard::lpddr5 ? 8 : 2); }
  /// Clocks from the last one of RD to the first data.
  Cycle read_latency() const { return t(Id::CL) + t(Id::tDQSCK); }
  Cycle length(const DramCommand& c) const {
    switch (c.kind) {
      case DramCommandKind::activate:
        return config_.part.activate_clocks;
      case DramCommandKind::precharge:
      case DramCommandKind::precharge_all:
        return config_.part.precharge_clocks;
      case DramCommandKind::refresh:
      case DramCommandKind::refresh_bank:
        return config_.part.refresh_clocks;
      default:
        return config_.part.column_clocks;
    }
  }

 private:
  using Id = DramDelayId;
  static constexpr Cycle long_ago = -100'000;
  static constexpr std::int64_t closed = -1;
  struct Bank {
    std::int64_t row = closed;
    Cycle activate = long_ago, read = long_ago, write = long_ago;
    Cycle closed_until = long_ago;  ///< tRP after the last PRE
    Cycle refreshed = long_ago;     ///< tRFC after the last REF
  };
  struct Rank {
    std::array<Cycle, 4> activates{long_ago, long_ago, long_ago, long_ago};
    Cycle precharge = long_ago, bank_refresh = long_ago;
  };

  Cycle rounded(double ns) const {
    return static_cast<Cycle>(std::ceil(ns * 1000 / static_cast<double>(config_.part.clock_ps) - 0.025));
  }
  Cycle last(const DramCommand& c) const { return c.at + length(c) - 1; }
  std::size_t rank(std::size_t bank) const { return bank / per_rank_; }
  bool same_group(std::size_t a, std::size_t b) const {
    const auto size = static_cast<std::size_t>(config_.part.banks_per_group);
    return a / size == b / size;
  }
  Cycle of(Id longer, Id other) const { return std::max(t(longer), t(other)); }
  Cycle ab() const { return t(Id::tRPab) > 0 ? t(Id::tRPab) : t(Id::tRP); }
  bool lpddr4() const { return config_.part.standard == DramStandard::lpddr4; }
  Cycle write_end(const Bank& b) const { return b.write + t(Id::CWL) + (lpddr4() ? 1 : 0) + burst(); }
  Cycle read_to_precharge() const { return t(Id::tRTP) + (lpddr4() ? burst() - 8 : 0); }
  static void close(Bank& b, Cycle at, Cycle rp) {
    if (b.row != closed) b.closed_until = std::max(b.closed_until, at + rp);
    b.row = closed;
  }

  std::string activate(const DramCommand& c) const {
    const Bank& b = banks_[c.bank];
    const Rank& r = ranks_[rank(c.bank)];
    const Cycle at = last(c);
    if (b.row != closed) return "ACT to an open bank";
    if (at - b.activate < t(Id::tRC)) return "tRC";
    if (at < b.closed_until) return "tRP";
    if (at < b.refreshed) return "tRFC";
    for (std::size_t i = 0; i < banks_.size(); ++i)
      if (rank(i) == rank(c.bank) &&
          at - banks_[i].activate < (same_group(i, c.bank) ? of(Id::tRRD_L, Id::tRRD_S) : t(Id::tRRD_S)))
        return "tRRD";
    if (at - r.bank_refresh < t(Id::tRRD_S)) return "tRRD after REF of a bank";
    return at - r.activates[0] < t(Id::tFAW) ? "tFAW" : "";
  }

  std::string column(const DramCommand& c, bool write) const {
    const Bank& b = banks_[c.bank];
    const Cycle at = last(c);
    if (b.row != c.row) return "column access to a row that is not open";
    if (at - b.activate < t(Id::tRCD)) return "tRCD";
    const bool groups = config_.part.bank_groups > 1;
    const Cycle longer_burst = config_.part.standard == DramStandard::lpddr5 && groups ? burst() : 0;
    for (std::size_t i = 0; i < banks_.size(); ++i) {
      const Bank& other = banks_[i];
      if (rank(i) != rank(c.bank)) continue;
      const bool same = same_group(i, c.bank);
      if (at - (write ? other.write : other.read) < (same ? of(Id::tCCD_L, Id::tCCD_S) : t(Id::tCCD_S))) return "tCCD";
      if (write && at - other.read < read_latency() + burst() + t(Id::tRTW) - t(Id::CWL)) return "read to write";
      const Cycle wtr = same ? std::max(longer_burst + t(Id::tWTR_L), t(Id::tWTR_S)) : t(Id::tWTR_S);
      if (!write && at - write_end(other) < wtr) return "tWTR";
    }
    const Cycle data = at + (write ? t(Id::CWL) : read_latency());
    if (data < data_end_) return "data of two accesses at once";
    if (rank(c.bank) != data_rank_ && data_end_ > 0 && data - data_end_ < t(Id::tRTRS)) return "tRTRS";
    return "";
  }

  std::string precharge(const Bank& b, std::size_t r, Cycle at) const {
    if (b.row == closed) return "PRE to a closed bank";
    if (at - b.activate < t(Id::tRAS)) return "tRAS";
    if (at - b.read < read_to_precharge()) return "tRTP";
    if (at - write_end(b) < t(Id::tWR)) return "tWR";
    return at - ranks_[r].precharge < t(Id::tPPD) ? "tPPD" : "";
  }

  std::string precharge_all(std::size_t r, Cycle at) const {
    for (std::size_t i = 0; i < per_rank_; ++i) {
      const Bank& b = banks_[r * per_rank_ + i];
      const std::string broken = b.row == closed ? "" : precharge(b, r, at);
      if (!broken.empty()) return broken;
    }
    return "";
  }

  std::string refresh(const Bank& b, Cycle at) const {
    if (b.row != closed) return "REF with an open bank";
    if (at < b.closed_until) return "tRP before REF";
    if (at - b.activate < t(Id::tRC)) return "tRC before REF";
    return at < b.refreshed ? "tRFC" : "";
  }

  DramConfig config_;
  std::size_t per_rank_;
  std::vector<Bank> banks_;
  std::array<Rank, 2> ranks_{};
  Cycle bus_free_ = 0;
  Cycle data_end_ = 0;
  std::size_t data_rank_ = 0;
};

/// The first rule that a command log breaks, and where; empty if none.
inline std::string check(const DramConfig& config, const std::vector<DramCommand>& log) {
  CommandRules rules(config);
  for (const DramCommand& c : log) {
    const std::string broken = rules.broken(c);
    if (!broken.empty()) return broken + " at " + std::to_string(c.at) + ", bank " + std::to_string(c.bank);
    rules.note(c);
  }
  return "";
}

}  // namespace ernsim::test
