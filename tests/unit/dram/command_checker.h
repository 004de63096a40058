#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/dram/dram_command.h"
#include "models/dram/dram_timing.h"

namespace ernsim::test {

/// Checks a command log against the timing parameters, command pair by command pair, sharing no code with the model.
class CommandChecker {
 public:
  explicit CommandChecker(const DramTiming& timing) : t_(timing) {}

  /// The first rule broken, empty if none.
  std::string check(const std::vector<DramCommand>& log) {
    for (const DramCommand& c : log) {
      if (c.at <= last_) return at(c, "two commands in a cycle");
      last_ = c.at;
      const std::string broken = apply(c);
      if (!broken.empty()) return at(c, broken);
    }
    return "";
  }

 private:
  static constexpr Cycle long_ago = -100'000;
  struct Bank {
    bool open = false;
    std::uint32_t row = 0;
    Cycle activate = long_ago, read = long_ago, write = long_ago, precharge = long_ago;
  };

  static std::string at(const DramCommand& c, const std::string& what) {
    return what + " at " + std::to_string(c.at) + ", bank " + std::to_string(c.bank);
  }
  bool same_group(std::uint32_t a, std::uint32_t b) const { return a >> t_.bank_bits == b >> t_.bank_bits; }
  Cycle write_end(const Bank& b) const { return b.write + t_.cwl + 4; }

  std::string apply(const DramCommand& c) {
    switch (c.kind) {
      case DramCommandKind::activate:
        return activate(c);
      case DramCommandKind::read:
        return column(c, false, false);
      case DramCommandKind::write:
        return column(c, true, false);
      case DramCommandKind::read_precharge:
        return column(c, false, true);
      case DramCommandKind::write_precharge:
        return column(c, true, true);
      case DramCommandKind::precharge:
        return precharge(banks_[c.bank], c.at);
      case DramCommandKind::precharge_all:
        return precharge_all(c.at);
      case DramCommandKind::refresh:
        break;
    }
    return refresh(c.at);
  }

  std::string activate(const DramCommand& c) {
    Bank& b = banks_[c.bank];
    if (b.open) return "ACT to an open bank";
    if (c.at - b.activate < t_.rc) return "tRC";
    if (c.at - b.precharge < t_.rp) return "tRP";
    if (c.at - refresh_ < t_.rfc) return "tRFC";
    for (const auto& [id, other] : banks_)
      if (c.at - other.activate < (same_group(id, c.bank) ? t_.rrd_l : t_.rrd_s)) return "tRRD";
    if (activates_.size() >= 4 && c.at - activates_[activates_.size() - 4] < t_.faw) return "tFAW";
    activates_.push_back(c.at);
    b.open = true;
    b.row = c.row;
    b.activate = c.at;
    return "";
  }

  std::string column(const DramCommand& c, bool write, bool closes) {
    Bank& b = banks_[c.bank];
    if (!b.open || b.row != c.row) return "column access to a row that is not open";
    if (c.at - b.activate < t_.rcd) return "tRCD";
    for (const auto& [id, other] : banks_) {
      const bool same = same_group(id, c.bank);
      if (c.at - (write ? other.write : other.read) < (same ? t_.ccd_l : t_.ccd_s)) return "tCCD";
      if (write && c.at - other.read < t_.cl + 4 + 2 - t_.cwl) return "read to write";
      if (!write && c.at - write_end(other) < (same ? t_.wtr_l : t_.wtr_s)) return "tWTR";
    }
    (write ? b.write : b.read) = c.at;
    if (closes) {
      b.open = false;
      b.precharge = std::max({b.activate + t_.ras, b.read + t_.rtp, write_end(b) + t_.wr});
    }
    return "";
  }

  std::string precharge(Bank& b, Cycle now) {
    if (!b.open) return "PRE to a closed bank";
    if (now - b.activate < t_.ras) return "tRAS";
    if (now - b.read < t_.rtp) return "tRTP";
    if (now - write_end(b) < t_.wr) return "tWR";
    b.open = false;
    b.precharge = now;
    return "";
  }

  std::string precharge_all(Cycle now) {
    for (auto& [id, b] : banks_) {
      const std::string broken = b.open ? precharge(b, now) : "";
      if (!broken.empty()) return broken;
    }
    return "";
  }

  std::string refresh(Cycle now) {
    for (const auto& [id, b] : banks_) {
      if (b.open) return "REF with an open bank";
      if (now - b.precharge < t_.rp) return "tRP before REF";
    }
    if (now - refresh_ < t_.rfc) return "tRFC";
    refresh_ = now;
    return "";
  }

  DramTiming t_;
  std::map<std::uint32_t, Bank> banks_;
  std::vector<Cycle> activates_;
  Cycle refresh_ = long_ago;
  Cycle last_ = -1;
};

}  // namespace ernsim::test
