#include "models/dram/dram_controller.h"

#include "models/dram/page_policy.h"

namespace ernsim {

DramController::DramController(const DramConfig& config, DramListener& listener)
    : Clocked(dram_clock(config)),
      timing_(dram_timing(config.part)),
      page_policy_(config.page_policy),
      listener_(listener),
      queue_(static_cast<std::size_t>(config.queue_depth), DramAddressMapping(config.mapping, timing_),
             timing_.bank_bits),
      rank_(timing_),
      scheduler_(config.scheduler, queue_, rank_),
      refresh_(config.refresh, timing_.refi) {
  plan(0);
}

Cycle DramController::advance(Cycle now) {
  if (queue_.next_visible() <= now) admit(now);
  if (plan_.at() == now) {
    issue(now);
    plan(now + 1);
  }
  return std::min(plan_.at(), queue_.next_visible());
}

/// A command planned for an earlier cycle has issued by now, so `now` is free.
void DramController::admit(Cycle now) {
  while (queue_.next_visible() <= now) {
    const RequestQueue::Slot slot = queue_.admit();
    queue_.at(slot).refreshes = statistics_.refreshes;
    queue_.at(slot).turnarounds = statistics_.turnarounds;
    reconsider(slot, now);
  }
}

void DramController::plan(Cycle earliest) {
  plan_.choice = scheduler_.choose(earliest);
  limit_to_refresh(earliest);
}

void DramController::reconsider(RequestQueue::Slot slot, Cycle now) {
  if (plan_.refresh_step) {
    plan_.choice = scheduler_.choose_with(Choice{}, slot, now);
    if (now < refresh_.due()) plan_.choice = scheduler_.choose(now);
  } else {
    plan_.choice = scheduler_.choose_with(plan_.choice, slot, now);
  }
  limit_to_refresh(now);
}

/// Once a refresh is due nothing else issues: all banks are closed, then refreshed.
void DramController::limit_to_refresh(Cycle earliest) {
  plan_.refresh_step = plan_.choice.at >= refresh_.due();
  if (!plan_.refresh_step || refresh_.due() == never) {
    plan_.refresh_step = false;
    return;
  }
  const Cycle ready = rank_.any_open() ? rank_.precharge_all_ready() : rank_.refresh_ready();
  plan_.choice = Choice{};
  plan_.choice.at = std::max({refresh_.due(), ready, earliest});
}

void DramController::issue(Cycle now) {
  if (plan_.refresh_step) return issue_refresh_step(now);
  const RequestQueue::Slot slot = plan_.choice.slot;
  switch (plan_.choice.command) {
    case CommandClass::column:
      return issue_column(slot, now);
    case CommandClass::activate:
      return issue_activate(queue_.at(slot), now);
    case CommandClass::precharge:
      return issue_precharge(queue_.at(slot), now);
  }
}

void DramController::issue_refresh_step(Cycle now) {
  if (rank_.any_open()) {
    statistics_.precharges += rank_.open_banks();
    rank_.precharge_all(now);
    for (std::size_t b = 0; b < dram_max_banks; ++b) scheduler_.closed(b);
    return log(now, DramCommandKind::precharge_all, 0, 0);
  }
  rank_.refresh(now);
  refresh_.done();
  ++statistics_.refreshes;
  log(now, DramCommandKind::refresh, 0, 0);
}

void DramController::issue_activate(RequestQueue::Entry& entry, Cycle now) {
  rank_.activate(entry.bank, entry.row, now);
  scheduler_.activated(entry.bank, entry.row);
  entry.activated = true;
  ++statistics_.activates;
  log(now, DramCommandKind::activate, entry.bank, entry.row);
}

void DramController::issue_precharge(RequestQueue::Entry& entry, Cycle now) {
  rank_.precharge(entry.bank, now);
  scheduler_.closed(entry.bank);
  entry.precharged = true;
  ++statistics_.precharges;
  log(now, DramCommandKind::precharge, entry.bank, 0);
}

/// The listener is called last: it may submit.
void DramController::issue_column(RequestQueue::Slot slot, Cycle now) {
  RequestQueue::Entry entry = queue_.at(slot);
  entry.write() ? rank_.write(entry.bank, now) : rank_.read(entry.bank, now);
  scheduler_.issued(slot);
  queue_.remove(slot, [this](const RequestQueue::Entry& younger) { scheduler_.unblocked(younger); });
  count_column(entry);
  entry.request.delay = delay_of(entry);
  if (entry.request.delay != MemoryDelay::none) entry.request.delay_cycles = now - entry.visible;
  const bool closes = close_after(entry);
  if (entry.write())
    log(now, closes ? DramCommandKind::write_precharge : DramCommandKind::write, entry.bank, entry.row);
  else
    log(now, closes ? DramCommandKind::read_precharge : DramCommandKind::read, entry.bank, entry.row);
  freed_at_ = now;
  listener_.completed(entry.request, now + (entry.write() ? timing_.write_latency() : timing_.read_latency()));
  listener_.room(now);
}

/// Closes the row with auto-precharge if the page policy says so.
bool DramController::close_after(const RequestQueue::Entry& entry) {
  if (!closes_row(page_policy_, scheduler_.hits(entry.bank))) return false;
  rank_.precharge(entry.bank, rank_.precharge_ready(entry.bank));
  scheduler_.closed(entry.bank);
  ++statistics_.precharges;
  return true;
}

void DramController::count_column(const RequestQueue::Entry& entry) {
  const auto bytes = static_cast<std::int64_t>(dram_access_bytes);
  (entry.write() ? statistics_.write_bytes : statistics_.read_bytes) += bytes;
  ++(entry.activated ? statistics_.row_misses : statistics_.row_hits);
  if (entry.activated && entry.precharged) ++statistics_.row_conflicts;
  if (any_column_ && entry.write() != last_was_write_) ++statistics_.turnarounds;
  any_column_ = true;
  last_was_write_ = entry.write();
}

/// The rarest event that came between an access and its turn; its own turnaround is counted by now.
MemoryDelay DramController::delay_of(const RequestQueue::Entry& entry) const {
  if (entry.refreshes != statistics_.refreshes) return MemoryDelay::refresh;
  if (entry.turnarounds != statistics_.turnarounds) return MemoryDelay::turnaround;
  return entry.activated ? MemoryDelay::row_miss : MemoryDelay::none;
}

void DramController::log(Cycle now, DramCommandKind kind, std::size_t bank, std::uint32_t row) const {
  if (command_log) command_log(DramCommand{now, kind, static_cast<std::uint32_t>(bank), row});
}

}  // namespace ernsim
