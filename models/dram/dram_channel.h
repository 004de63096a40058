#pragma once

#include <cstdint>
#include <optional>

#include "models/dram/address_mapping.h"
#include "models/dram/dram_command.h"
#include "models/dram/dram_config.h"
#include "models/dram/dram_request.h"
#include "models/dram/dram_statistics.h"
#include "models/dram/dram_timing.h"
#include "models/dram/rank_state.h"
#include "models/dram/refresh_timer.h"
#include "models/dram/request_queue.h"
#include "models/dram/scheduler.h"

namespace ernsim {

/// DRAM controller and devices: one channel of one or two ranks, accesses of a burst, one command bus.
///
/// Has no clock of its own: who owns it goes through the cycles in ascending order and calls issue() in those that
/// next() names. What is submitted in a cycle, after its command, is considered from the next cycle on.
class DramChannel {
 public:
  /// `number`: of the channel, in the command log.
  explicit DramChannel(const DramConfig& config, std::uint32_t number = 0);

  bool has_room() const { return queue_.size() < queue_.capacity(); }
  /// `visible`: the cycle from which the request is considered, the next one. There is room.
  void submit(const DramRequest& request, Cycle visible);
  /// The cycle of the next command if nothing is submitted before, `never` if none is to come. `earliest`: the first
  /// cycle in which no command has issued.
  Cycle next(Cycle earliest) {
    if (stale_) plan(earliest);
    return plan_.choice.at;
  }
  /// Issues the command of cycle `now`, which next() has named. The access that it completes, if any: its place in the
  /// queue is free.
  std::optional<DramCompletion> issue(Cycle now);

  const DramTiming& timing() const { return timing_; }
  const DramStatistics& statistics() const { return statistics_; }

  /// May be null.
  void show_commands(DramCommandObserver* observer) { observer_ = observer; }

 private:
  /// The next command if nothing arrives before it: `refresh_step` or `choice`.
  struct Plan {
    bool refresh_step = false;
    Choice choice;
  };

  void plan(Cycle earliest);
  void wait_for_refresh(Cycle due);
  void plan_refresh(Cycle earliest);
  void issue_refresh_step(Cycle now);
  void close_for_refresh(RankState::Banks open, Cycle now);
  void issue_activate(RequestQueue::Entry& entry, Cycle now);
  void issue_precharge(RequestQueue::Entry& entry, Cycle now);
  std::optional<DramCompletion> issue_column(RequestQueue::Slot slot, Cycle now);
  bool close_after(const RequestQueue::Entry& entry);
  void count_column(const RequestQueue::Entry& entry);
  MemoryDelay delay_of(const RequestQueue::Entry& entry) const;
  void log(Cycle now, DramCommandKind kind, std::size_t bank, std::uint32_t row) const {
    if (observer_ != nullptr) observer_->dram_command({now, kind, static_cast<std::uint32_t>(bank), row, number_});
  }

  const std::uint32_t number_;
  DramCommandObserver* observer_ = nullptr;
  const DramTiming timing_;
  const DramAddressMapping mapping_;
  const PagePolicy page_policy_;
  RequestQueue queue_;
  RankState rank_;
  Scheduler scheduler_;
  RefreshTimer refresh_;
  Plan plan_;
  Cycle bus_free_ = 0;  ///< when the command bus is free
  bool stale_ = true;   ///< something has happened since the plan was made
  bool any_column_ = false;
  bool last_was_write_ = false;
  DramStatistics statistics_;
};

}  // namespace ernsim
