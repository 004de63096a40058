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
      : config_(config),
        t_(dram_timing(config.part)),
        mapping_(config.mapping, t_),
        rules_(t_),
        refresh_due_(config.refresh ? t_.refi : never) {}

  bool has_room() const { return static_cast<std::int64_t>(queue_.size()) < config_.queue_depth; }
  /// Considered from the next cycle on.
  void submit(const DramRequest& request, Cycle visible) {
    const DramLocation at = mapping_.locate(request.address);
    queue_.push_back(
        {request, visible, at.bank_group << t_.bank_bits | at.bank, at.row, issued_, refreshes_, turnarounds_, false});
    queue_.back().arrival += static_cast<std::int64_t>(queue_.size()) - 1;
  }
  /// One cycle: at most one command.
  void cycle(Cycle now) {
    if (now >= refresh_due_)
      refresh(now);
    else if (!queue_.empty())
      serve(now);
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

  void refresh(Cycle now) {
    if (rules_.any_open()) {
      try_command(now, DramCommandKind::precharge_all, 0, 0);
    } else if (try_command(now, DramCommandKind::refresh, 0, 0)) {
      refresh_due_ += t_.refi;
      ++refreshes_;
    }
  }

  /// Columns first, then what opens and closes rows; the oldest first.
  void serve(Cycle now) {
    const bool alone = config_.scheduler == DramScheduler::fcfs || issued_ - queue_.front().arrival >= 256;
    const std::size_t count = alone ? 1 : queue_.size();
    for (const bool columns : {true, false})
      for (std::size_t i = 0; i < count; ++i)
        if (!must_wait(i) && serve(i, columns, alone, now)) return;
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
    completions.push_back(
        {r.request.tag, now + (write ? t_.cwl : t_.cl) + 4, delay, delay == MemoryDelay::none ? 0 : now - r.visible});
    return true;
  }

  bool hit(std::uint32_t bank) const {
    for (std::size_t i = 0; i < queue_.size(); ++i)
      if (queue_[i].bank == bank && queue_[i].row == rules_.open_row(bank) && !must_wait(i)) return true;
    return false;
  }

  bool clash(std::size_t older, std::size_t younger) const {
    const DramRequest &a = queue_[older].request, &b = queue_[younger].request;
    return a.address / 64 == b.address / 64 && (a.write || b.write);
  }
  bool must_wait(std::size_t i) const { return waits_for_other(i, queue_.size()); }
  /// Whether an older request than `i`, other than `except`, is to the same 64 bytes.
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
  Cycle refresh_due_;
  std::int64_t issued_ = 0, refreshes_ = 0, turnarounds_ = 0;
  bool writing_ = false;
};

}  // namespace ernsim::test
