#pragma once

#include <cstdint>
#include <functional>

#include "models/dram/dram_command.h"
#include "models/dram/dram_config.h"
#include "models/dram/dram_request.h"
#include "models/dram/dram_statistics.h"
#include "models/dram/dram_timing.h"
#include "models/dram/rank_state.h"
#include "models/dram/refresh_timer.h"
#include "models/dram/request_queue.h"
#include "models/dram/scheduler.h"
#include "timing/clocked.h"

namespace ernsim {

/// Who is told that a request is done. Called during DramController::advance.
class DramListener {
 public:
  virtual ~DramListener() = default;
  /// Read: the last beat is on the bus at the end of memory clock cycle `done` (>= now). Write: likewise for its data.
  virtual void completed(const DramRequest& request, Cycle done) = 0;
  /// Room for another request has come free at cycle `now`; has_room(now) does not count it, has_room(now + 1) does.
  virtual void room(Cycle now) = 0;
};

/// DDR4 controller: one channel, one rank, 64-byte accesses, one command a cycle.
///
/// Timing contract, in memory clock cycles: a request is considered from its `visible` cycle on. Read: done at the
/// issue of RD + CL + 4; write: at the issue of WR + CWL + 4. The queue slot comes free at that issue.
class DramController : public Clocked {
 public:
  DramController(const DramConfig& config, DramListener& listener);

  /// Whether submit() is allowed, all changes made so far counted.
  bool has_room() const { return queue_.size() < queue_.capacity(); }
  /// The same, without a slot that comes free in cycle `now` itself: does not depend on the order of evaluation.
  bool has_room(Cycle now) const { return queue_.size() + (freed_at_ == now ? 1 : 0) < queue_.capacity(); }
  /// `visible`: the cycle the request is first considered in, later than the current one. Requests are considered in
  /// the order of submission.
  void submit(const DramRequest& request, Cycle visible) { wake(queue_.submit(request, visible)); }

  const DramStatistics& statistics() const { return statistics_; }

  /// Told of every command at its issue, if set.
  std::function<void(const DramCommand&)> command_log;

 protected:
  Cycle advance(Cycle now) override;

 private:
  /// The next command if nothing arrives before it: `refresh_step` or `choice`.
  struct Plan {
    bool refresh_step = false;
    Choice choice;
    Cycle at() const { return choice.at; }
  };

  void admit(Cycle now);
  void plan(Cycle earliest);
  void reconsider(RequestQueue::Slot slot, Cycle now);
  void limit_to_refresh(Cycle earliest);
  void issue(Cycle now);
  void issue_refresh_step(Cycle now);
  void issue_activate(RequestQueue::Entry& entry, Cycle now);
  void issue_precharge(RequestQueue::Entry& entry, Cycle now);
  void issue_column(RequestQueue::Slot slot, Cycle now);
  bool close_after(const RequestQueue::Entry& entry);
  void count_column(const RequestQueue::Entry& entry);
  MemoryDelay delay_of(const RequestQueue::Entry& entry) const;
  void log(Cycle now, DramCommandKind kind, std::size_t bank, std::uint32_t row) const;

  const DramTiming timing_;
  const PagePolicy page_policy_;
  DramListener& listener_;
  RequestQueue queue_;
  RankState rank_;
  Scheduler scheduler_;
  RefreshTimer refresh_;
  Plan plan_;
  Cycle freed_at_ = -1;
  bool any_column_ = false;
  bool last_was_write_ = false;
  DramStatistics statistics_;
};

}  // namespace ernsim
