#pragma once

#include <map>
#include <vector>

#include "models/dram/address_mapping.h"
#include "models/dram/dram_request.h"
#include "tests/unit/dram/command_checker.h"

namespace ernsim::test {

/// The controller as its page describes it, slow and obviously right: every cycle it asks, request by request, whether
/// the rules of the memory allow the command that request needs. Shares no code with the model but for the address map.
class ReferenceController {
 public:
  explicit ReferenceController(const DramConfig& config)
      : config_(config), t_(dram_timing(config)), mapping_(config.mapping, t_), rules_(config) {}

  bool has_room() const { return static_cast<std::int64_t>(queue_.size()) < config_.queue_depth; }
  /// Considered from the next cycle on.
  void submit(const DramRequest& request, Cycle visible) {
    const DramLocation at = mapping_.locate(request.address);
    const std::uint32_t group = (at.rank << t_.bank_group_bits) | at.bank_group;
    const std::uint32_t bank = (group << t_.bank_bits) | at.bank;
    queue_.push_back({request, visible, bank, at.row, issued_, refreshes_, turnarounds_, false});
    queue_.back().arrival += static_cast<std::int64_t>(queue_.size()) - 1;
  }
  /// One cycle: at most one command.
  void cycle(Cycle now) {
    const bool due = config_.refresh && now >= (refreshes_ + 1) * rules_.t(DramDelayId::tREFI) / turns();
    if (due && refresh(now)) return;
    if (!queue_.empty()) serve(now, due);
  }

  std::vector<DramCommand> commands;
  std::vector<DramCompletion> completions;

 private:
  struct Request {
    DramRequest request;
    Cycle visible;
    std::uint32_t bank, row;
    std::int64_t arrival;
    std::int64_t refreshes, turnarounds;  ///< when it arrived
    bool activated;
  };

  bool try_command(Cycle now, DramCommandKind kind, std::uint32_t bank, std::uint32_t row) {
    const DramCommand command{now, kind, bank, row};
    if (!rules_.broken(command).empty()) return false;
    rules_.note(command);
    commands.push_back(command);
    return true;
  }

  bool per_bank() const { return config_.refresh_mode == RefreshMode::per_bank; }
  std::int64_t turns() const {
    return config_.ranks * (per_bank() ? static_cast<std::int64_t>(rules_.banks_per_rank()) : 1);
  }
  /// The first bank whose turn it is to be refreshed, and how many.
  std::uint32_t first_refreshed() const {
    const auto turn = static_cast<std::uint32_t>(refreshes_ % turns()),
               ranks = static_cast<std::uint32_t>(config_.ranks);
    const auto banks = static_cast<std::uint32_t>(rules_.banks_per_rank());
    return turn % ranks * banks + (per_bank() ? turn / ranks : 0);
  }
  std::size_t count_refreshed() const { return per_bank() ? 1 : rules_.banks_per_rank(); }
  bool is_refreshed(std::uint32_t bank) const {
    return bank >= first_refreshed() && bank < first_refreshed() + count_refreshed();
  }

  /// Whether a command was issued for it.
  bool refresh(Cycle now) {
    const std::uint32_t bank = first_refreshed();
    if (rules_.any_open(bank, count_refreshed()))
      return try_command(now, per_bank() ? DramCommandKind::precharge : DramCommandKind::precharge_all, bank, 0);
    if (!try_command(now, per_bank() ? DramCommandKind::refresh_bank : DramCommandKind::refresh, bank, 0)) return false;
    ++refreshes_;
    return true;
  }

  /// Columns first, then what opens and closes rows; the oldest first. While a refresh is due its banks have to wait.
  void serve(Cycle now, bool due) {
    const bool alone = config_.scheduler == DramScheduler::fcfs || issued_ - queue_.front().arrival >= 256;
    const std::size_t count = alone ? 1 : queue_.size();
    for (const bool columns : {true, false})
      for (std::size_t i = 0; i < count; ++i)
        if (!(due && is_refreshed(queue_[i].bank)) && !must_wait(i) && serve(i, columns, alone, now)) return;
  }

  bool serve(std::size_t i, bool columns, bool alone, Cycle now) {
    Request& r = queue_[i];
    const std::int64_t open = rules_.open_row(r.bank);
    if (columns != (open == r.row)) return false;
    if (columns) return column(i, now);
    if (open < 0) {
      if (!try_command(now, DramCommandKind::activate, r.bank, r.row)) return false;
      r.activated = true;
      return true;
    }
    return (alone || !hit(r.bank)) && try_command(now, DramCommandKind::precharge, r.bank, 0);
  }

  bool column(std::size_t i, Cycle now) {
    const Request r = queue_[i];
    const bool write = r.request.write;
    bool last_hit = true;
    for (std::size_t j = 0; j < queue_.size(); ++j)
      last_hit = last_hit && (j == i || queue_[j].bank != r.bank || queue_[j].row != r.row || waits_for_other(j, i));
    const bool closes = config_.page_policy == PagePolicy::closed && last_hit;
    const DramCommandKind open_kind = write ? DramCommandKind::write : DramCommandKind::read;
    const DramCommandKind close_kind = write ? DramCommandKind::write_precharge : DramCommandKind::read_precharge;
    if (!try_command(now, closes ? close_kind : open_kind, r.bank, r.row)) return false;
    if (issued_ > 0 && write != writing_) ++turnarounds_;
    writing_ = write;
    queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(i));
    ++issued_;
    const MemoryDelay delay = refreshes_ != r.refreshes       ? MemoryDelay::refresh
                              : turnarounds_ != r.turnarounds ? MemoryDelay::turnaround
                              : r.activated                   ? MemoryDelay::row_miss
                                                              : MemoryDelay::none;
    const Cycle latency = write ? rules_.t(DramDelayId::CWL) : rules_.read_latency();
    completions.push_back({r.request.tag, now + rules_.length(commands.back()) - 1 + latency + rules_.burst(), delay,
                           delay == MemoryDelay::none ? 0 : now - r.visible});
    return true;
  }

  bool hit(std::uint32_t bank) const {
    for (std::size_t i = 0; i < queue_.size(); ++i)
      if (queue_[i].bank == bank && queue_[i].row == rules_.open_row(bank) && !must_wait(i)) return true;
    return false;
  }

  bool clash(std::size_t older, std::size_t younger) const {
    const DramRequest &a = queue_[older].request, &b = queue_[younger].request;
    return a.address / t_.access_bytes == b.address / t_.access_bytes && (a.write || b.write);
  }
  bool must_wait(std::size_t i) const { return waits_for_other(i, queue_.size()); }
  /// Whether an older request than `i`, other than `except`, is to the same burst.
  bool waits_for_other(std::size_t i, std::size_t except) const {
    for (std::size_t older = 0; older < i; ++older)
      if (older != except && clash(older, i)) return true;
    return false;
  }

  DramConfig config_;
  DramTiming t_;
  DramAddressMapping mapping_;
  CommandRules rules_;
  std::vector<Request> queue_;
  std::int64_t issued_ = 0, refreshes_ = 0, turnarounds_ = 0;
  bool writing_ = false;
};

}  // namespace ernsim::test
