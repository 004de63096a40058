#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/dram/dram_command.h"
#include "models/dram/dram_timing.h"

namespace ernsim::test {

/// The rules of JEDEC for one rank, command pair by command pair, sharing no code with the model.
class CommandRules {
 public:
  explicit CommandRules(const DramTiming& timing) : t_(timing), banks_(static_cast<std::size_t>(timing.banks())) {}

  /// The rule that `c` breaks after the commands noted so far, empty if none. Later than all of them.
  std::string broken(const DramCommand& c) const {
    if (c.at <= last_) return "two commands in a cycle";
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
        return precharge(banks_[c.bank], c.at);
      case DramCommandKind::precharge_all:
        return precharge_all(c.at);
      case DramCommandKind::refresh:
        break;
    }
    return refresh(c.at);
  }

  void note(const DramCommand& c) {
    last_ = c.at;
    Bank& b = banks_[c.bank];
    switch (c.kind) {
      case DramCommandKind::activate:
        activates_ = {activates_[1], activates_[2], activates_[3], c.at};
        b.row = c.row;
        b.activate = c.at;
        break;
      case DramCommandKind::read:
      case DramCommandKind::read_precharge:
        b.read = c.at;
        break;
      case DramCommandKind::write:
      case DramCommandKind::write_precharge:
        b.write = c.at;
        break;
      case DramCommandKind::precharge:
        close(b, c.at);
        break;
      case DramCommandKind::precharge_all:
        for (Bank& each : banks_) close(each, c.at);
        break;
      case DramCommandKind::refresh:
        refresh_ = c.at;
        break;
    }
    if (c.kind == DramCommandKind::read_precharge || c.kind == DramCommandKind::write_precharge)
      close(b, std::max({b.activate + t_.ras, b.read + t_.rtp, write_end(b) + t_.wr}));
  }

  bool any_open() const {
    for (const Bank& b : banks_)
      if (b.row != closed) return true;
    return false;
  }
  /// -1: none.
  std::int64_t open_row(std::uint32_t bank) const { return banks_[bank].row; }

 private:
  static constexpr Cycle long_ago = -100'000;
  static constexpr std::int64_t closed = -1;
  struct Bank {
    std::int64_t row = closed;
    Cycle activate = long_ago, read = long_ago, write = long_ago, precharge = long_ago;
  };

  static void close(Bank& b, Cycle at) {
    if (b.row != closed) b.precharge = at;
    b.row = closed;
  }
  bool same_group(std::size_t a, std::size_t b) const { return a >> t_.bank_bits == b >> t_.bank_bits; }
  Cycle write_end(const Bank& b) const { return b.write + t_.cwl + 4; }

  std::string activate(const DramCommand& c) const {
    const Bank& b = banks_[c.bank];
    if (b.row != closed) return "ACT to an open bank";
    if (c.at - b.activate < t_.rc) return "tRC";
    if (c.at - b.precharge < t_.rp) return "tRP";
    if (c.at - refresh_ < t_.rfc) return "tRFC";
    for (std::size_t i = 0; i < banks_.size(); ++i)
      if (c.at - banks_[i].activate < (same_group(i, c.bank) ? t_.rrd_l : t_.rrd_s)) return "tRRD";
    if (c.at - activates_[0] < t_.faw) return "tFAW";
    return "";
  }

  std::string column(const DramCommand& c, bool write) const {
    const Bank& b = banks_[c.bank];
    if (b.row != c.row) return "column access to a row that is not open";
    if (c.at - b.activate < t_.rcd) return "tRCD";
    for (std::size_t i = 0; i < banks_.size(); ++i) {
      const Bank& other = banks_[i];
      const bool same = same_group(i, c.bank);
      if (c.at - (write ? other.write : other.read) < (same ? t_.ccd_l : t_.ccd_s)) return "tCCD";
      if (write && c.at - other.read < t_.cl + 4 + 2 - t_.cwl) return "read to write";
      if (!write && c.at - write_end(other) < (same ? t_.wtr_l : t_.wtr_s)) return "tWTR";
    }
    return "";
  }

  std::string precharge(const Bank& b, Cycle now) const {
    if (b.row == closed) return "PRE to a closed bank";
    if (now - b.activate < t_.ras) return "tRAS";
    if (now - b.read < t_.rtp) return "tRTP";
    if (now - write_end(b) < t_.wr) return "tWR";
    return "";
  }

  std::string precharge_all(Cycle now) const {
    for (const Bank& b : banks_) {
      const std::string broken = b.row == closed ? "" : precharge(b, now);
      if (!broken.empty()) return broken;
    }
    return "";
  }

  std::string refresh(Cycle now) const {
    for (const Bank& b : banks_) {
      if (b.row != closed) return "REF with an open bank";
      if (now - b.precharge < t_.rp) return "tRP before REF";
      if (now - b.activate < t_.rc) return "tRC before REF";
    }
    return now - refresh_ < t_.rfc ? "tRFC" : "";
  }

  DramTiming t_;
  std::vector<Bank> banks_;
  std::array<Cycle, 4> activates_{long_ago, long_ago, long_ago, long_ago};
  Cycle refresh_ = long_ago;
  Cycle last_ = -1;
};

/// The first rule that a command log breaks, and where; empty if none.
inline std::string check(const DramTiming& timing, const std::vector<DramCommand>& log) {
  CommandRules rules(timing);
  for (const DramCommand& c : log) {
    const std::string broken = rules.broken(c);
    if (!broken.empty()) return broken + " at " + std::to_string(c.at) + ", bank " + std::to_string(c.bank);
    rules.note(c);
  }
  return "";
}

}  // namespace ernsim::test
