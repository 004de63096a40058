#include "models/dram/dram_channel.h"

#include "models/dram/page_policy.h"

namespace ernsim {

DramChannel::DramChannel(const DramConfig& config, std::uint32_t number)
    : number_(number),
      timing_(dram_timing(config)),
      mapping_(config.mapping, timing_),
      page_policy_(config.page_policy),
      queue_(static_cast<std::size_t>(config.queue_depth)),
      rank_(timing_),
      scheduler_(config.scheduler, queue_, rank_),
      refresh_(config, timing_) {}

void DramChannel::submit(const DramRequest& request, Cycle visible) {
  const std::uint64_t address = request.address;
  const RequestQueue::Slot slot =
      queue_.enter(request, mapping_.block(address), static_cast<std::uint8_t>(mapping_.bank(address)),
                   mapping_.row(address), visible);
  RequestQueue::Entry& entry = queue_.at(slot);
  entry.refreshes = static_cast<std::uint32_t>(statistics_.refreshes);
  entry.turnarounds = static_cast<std::uint32_t>(statistics_.turnarounds);
  if (!entry.blocked() && scheduler_.add(slot)) stale_ = true;
}

void DramChannel::plan(Cycle earliest) {
  constexpr RankState::Banks all = ~RankState::Banks{0};
  stale_ = false;
  earliest = std::max(earliest, bus_free_);
  const Cycle due = refresh_.due();
  plan_.refresh_step = false;
  if (queue_.empty() && earliest < due) return wait_for_refresh(due);
  plan_.choice = earliest < due ? scheduler_.choose(earliest, all) : Choice{};
  if (plan_.choice.at >= due && due != never) plan_refresh(std::max(earliest, due));
}

/// Nothing else is to be done; which step the refresh begins with, and when, is looked at when it is due.
void DramChannel::wait_for_refresh(Cycle due) {
  plan_.choice = Choice{};
  plan_.choice.at = due;
  stale_ = due != never;
}

/// From the cycle on that a refresh is due its banks get no other command: they are closed, then refreshed.
void DramChannel::plan_refresh(Cycle earliest) {
  const RankState::Banks banks = refresh_.banks();
  const bool any_open = (rank_.open_banks() & banks) != 0;
  const Cycle at = std::max(earliest, any_open ? rank_.last_precharge_ready(banks) : rank_.refresh_ready(banks));
  plan_.choice = scheduler_.choose(earliest, ~banks);
  plan_.refresh_step = at <= plan_.choice.at;
  if (plan_.refresh_step) plan_.choice.at = at;
}

std::optional<DramCompletion> DramChannel::issue(Cycle now) {
  stale_ = true;
  const RequestQueue::Slot slot = plan_.choice.slot;
  if (!plan_.refresh_step && plan_.choice.command == CommandClass::column) return issue_column(slot, now);
  if (plan_.refresh_step)
    issue_refresh_step(now);
  else if (plan_.choice.command == CommandClass::activate)
    issue_activate(queue_.at(slot), now);
  else
    issue_precharge(queue_.at(slot), now);
  return std::nullopt;
}

void DramChannel::issue_refresh_step(Cycle now) {
  const RankState::Banks banks = refresh_.banks();
  if (const RankState::Banks open = rank_.open_banks() & banks; open != 0) return close_for_refresh(open, now);
  const auto first = static_cast<std::size_t>(__builtin_ctz(banks));
  refresh_.per_bank() ? rank_.refresh_bank(first, now) : rank_.refresh_all(banks, now);
  refresh_.done();
  ++statistics_.refreshes;
  bus_free_ = now + timing_.refresh_length;
  log(now, refresh_.per_bank() ? DramCommandKind::refresh_bank : DramCommandKind::refresh, first, 0);
}

void DramChannel::close_for_refresh(RankState::Banks open, Cycle now) {
  const auto first = static_cast<std::size_t>(__builtin_ctz(refresh_.banks()));
  statistics_.precharges += __builtin_popcount(open);
  bus_free_ = now + timing_.precharge_length;
  refresh_.per_bank() ? rank_.precharge(first, now) : rank_.precharge_all(refresh_.banks(), now);
  for (; open != 0; open &= open - 1) scheduler_.closed(static_cast<std::size_t>(__builtin_ctz(open)));
  log(now, refresh_.per_bank() ? DramCommandKind::precharge : DramCommandKind::precharge_all, first, 0);
}

void DramChannel::issue_activate(RequestQueue::Entry& entry, Cycle now) {
  rank_.activate(entry.bank, entry.row, now);
  scheduler_.opened(entry.bank);
  entry.activated = true;
  ++statistics_.activates;
  bus_free_ = now + timing_.activate_length;
  log(now, DramCommandKind::activate, entry.bank, entry.row);
}

void DramChannel::issue_precharge(RequestQueue::Entry& entry, Cycle now) {
  rank_.precharge(entry.bank, now);
  scheduler_.closed(entry.bank);
  entry.precharged = true;
  ++statistics_.precharges;
  bus_free_ = now + timing_.precharge_length;
  log(now, DramCommandKind::precharge, entry.bank, 0);
}

std::optional<DramCompletion> DramChannel::issue_column(RequestQueue::Slot slot, Cycle now) {
  const RequestQueue::Entry& entry = queue_.at(slot);
  entry.write ? rank_.write(entry.bank, now) : rank_.read(entry.bank, now);
  scheduler_.issued(slot);
  queue_.remove(slot, [this](RequestQueue::Slot younger) { scheduler_.add(younger); });
  count_column(entry);
  bus_free_ = now + timing_.column_length;
  const bool closes = close_after(entry);
  if (entry.write)
    log(now, closes ? DramCommandKind::write_precharge : DramCommandKind::write, entry.bank, entry.row);
  else
    log(now, closes ? DramCommandKind::read_precharge : DramCommandKind::read, entry.bank, entry.row);
  std::optional<DramCompletion> made(std::in_place);  // where the caller wants it: a copy would wait for its parts
  made->tag = entry.tag;
  made->done = now + (entry.write ? timing_.write_latency : timing_.read_latency);
  made->delay = delay_of(entry);
  made->delay_cycles = made->delay == MemoryDelay::none ? 0 : now - entry.visible;
  return made;
}

/// Closes the row with auto-precharge if the page policy says so.
bool DramChannel::close_after(const RequestQueue::Entry& entry) {
  if (!closes_row(page_policy_, scheduler_.any_hit(entry.bank))) return false;
  rank_.auto_precharge(entry.bank);
  scheduler_.closed(entry.bank);
  ++statistics_.precharges;
  return true;
}

void DramChannel::count_column(const RequestQueue::Entry& entry) {
  const auto bytes = static_cast<std::int64_t>(timing_.access_bytes);
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
