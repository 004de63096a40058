#include "models/dram/dram_channel.h"

#include "models/dram/page_policy.h"

namespace ernsim {

DramChannel::DramChannel(const DramConfig& config)
    : timing_(dram_timing(config.part)),
      mapping_(config.mapping, timing_),
      page_policy_(config.page_policy),
      queue_(static_cast<std::size_t>(config.queue_depth)),
      rank_(timing_),
      scheduler_(config.scheduler, queue_, rank_),
      refresh_(config.refresh, timing_.refi) {}

void DramChannel::submit(const DramRequest& request, Cycle visible) {
  const DramLocation at = mapping_.locate(request.address);
  const auto bank = static_cast<std::uint8_t>((at.bank_group << timing_.bank_bits) | at.bank);
  const RequestQueue::Slot slot = queue_.enter(request, bank, at.row, visible);
  RequestQueue::Entry& entry = queue_.at(slot);
  entry.refreshes = static_cast<std::uint32_t>(statistics_.refreshes);
  entry.turnarounds = static_cast<std::uint32_t>(statistics_.turnarounds);
  if (!entry.blocked() && scheduler_.add(slot)) stale_ = true;
}

/// Once a refresh is due nothing else issues: all banks are closed, then refreshed.
void DramChannel::plan(Cycle earliest) {
  stale_ = false;
  plan_.choice = scheduler_.choose(earliest);
  plan_.refresh_step = refresh_.due() != never && plan_.choice.at >= refresh_.due();
  if (!plan_.refresh_step) return;
  const Cycle ready = rank_.open_banks() != 0 ? rank_.precharge_all_ready() : rank_.refresh_ready();
  plan_.choice.at = std::max({refresh_.due(), ready, earliest});
}

std::optional<DramCompletion> DramChannel::issue(Cycle now) {
  stale_ = true;
  const RequestQueue::Slot slot = plan_.choice.slot;
  if (plan_.refresh_step)
    issue_refresh_step(now);
  else if (plan_.choice.command == CommandClass::column)
    return issue_column(slot, now);
  else if (plan_.choice.command == CommandClass::activate)
    issue_activate(queue_.at(slot), now);
  else
    issue_precharge(queue_.at(slot), now);
  return std::nullopt;
}

void DramChannel::issue_refresh_step(Cycle now) {
  if (rank_.open_banks() != 0) {
    statistics_.precharges += __builtin_popcount(rank_.open_banks());
    rank_.precharge_all(now);
    for (std::size_t b = 0; b < dram_max_banks; ++b) scheduler_.closed(b);
    return log(now, DramCommandKind::precharge_all, 0, 0);
  }
  rank_.refresh(now);
  refresh_.done();
  ++statistics_.refreshes;
  log(now, DramCommandKind::refresh, 0, 0);
}

void DramChannel::issue_activate(RequestQueue::Entry& entry, Cycle now) {
  rank_.activate(entry.bank, entry.row, now);
  scheduler_.opened(entry.bank);
  entry.activated = true;
  ++statistics_.activates;
  log(now, DramCommandKind::activate, entry.bank, entry.row);
}

void DramChannel::issue_precharge(RequestQueue::Entry& entry, Cycle now) {
  rank_.precharge(entry.bank, now);
  scheduler_.closed(entry.bank);
  entry.precharged = true;
  ++statistics_.precharges;
  log(now, DramCommandKind::precharge, entry.bank, 0);
}

DramCompletion DramChannel::issue_column(RequestQueue::Slot slot, Cycle now) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  entry.write ? rank_.write(entry.bank, now) : rank_.read(entry.bank, now);
  scheduler_.issued(slot);
  queue_.remove(slot, [this](RequestQueue::Slot younger) { scheduler_.add(younger); });
  count_column(entry);
  const bool closes = close_after(entry);
  if (entry.write)
    log(now, closes ? DramCommandKind::write_precharge : DramCommandKind::write, entry.bank, entry.row);
  else
    log(now, closes ? DramCommandKind::read_precharge : DramCommandKind::read, entry.bank, entry.row);
  const MemoryDelay delay = delay_of(entry);
  return {entry.tag, now + (entry.write ? timing_.write_latency() : timing_.read_latency()), delay,
          delay == MemoryDelay::none ? 0 : now - entry.visible};
}

/// Closes the row with auto-precharge if the page policy says so.
bool DramChannel::close_after(const RequestQueue::Entry& entry) {
  if (!closes_row(page_policy_, scheduler_.any_hit(entry.bank))) return false;
  rank_.precharge(entry.bank, rank_.precharge_ready(entry.bank));
  scheduler_.closed(entry.bank);
  ++statistics_.precharges;
  return true;
}

void DramChannel::count_column(const RequestQueue::Entry& entry) {
  const auto bytes = static_cast<std::int64_t>(dram_access_bytes);
  (entry.write ? statistics_.write_bytes : statistics_.read_bytes) += bytes;
  ++(entry.activated ? statistics_.row_misses : statistics_.row_hits);
  if (entry.activated && entry.precharged) ++statistics_.row_conflicts;
  if (any_column_ && entry.write != last_was_write_) ++statistics_.turnarounds;
  any_column_ = true;
  last_was_write_ = entry.write;
}

/// The rarest event that came between an access and its turn; its own turnaround is counted by now.
MemoryDelay DramChannel::delay_of(const RequestQueue::Entry& entry) const {
  if (entry.refreshes != static_cast<std::uint32_t>(statistics_.refreshes)) return MemoryDelay::refresh;
  if (entry.turnarounds != static_cast<std::uint32_t>(statistics_.turnarounds)) return MemoryDelay::turnaround;
  return entry.activated ? MemoryDelay::row_miss : MemoryDelay::none;
}

}  // namespace ernsim
