#pragma once

#include <algorithm>

#include "models/dram/rank_state.h"
#include "models/dram/request_queue.h"

namespace ernsim {

enum class CommandClass : std::uint8_t { column, activate, precharge };

/// A command for a queued request and the first cycle it may issue at.
struct Choice {
  Cycle at = never;
  CommandClass command = CommandClass::column;
  RequestQueue::Slot slot = RequestQueue::none;
};

/// What the request in `slot` needs next, and when the rank's timing allows it, not before `earliest`.
inline Choice next_command(const RequestQueue& queue, const RankState& rank, RequestQueue::Slot slot, Cycle earliest) {
  const RequestQueue::Entry& entry = queue.at(slot);
  const std::int64_t open = rank.open_row(entry.bank);
  if (open == entry.row)
    return {std::max(rank.column_ready(entry.bank, entry.write), earliest), CommandClass::column, slot};
  if (open == RankState::closed)
    return {std::max(rank.activate_ready(entry.bank), earliest), CommandClass::activate, slot};
  return {std::max(rank.precharge_ready(entry.bank), earliest), CommandClass::precharge, slot};
}

}  // namespace ernsim
