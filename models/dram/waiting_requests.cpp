#include "models/dram/waiting_requests.h"

namespace ernsim {

namespace {

std::size_t direction(const RequestQueue::Entry& entry) { return entry.write() ? 1 : 0; }

}  // namespace

void WaitingRequests::add(const RequestQueue::Entry& entry) {
  ++count_[direction(entry)];
  if (rank_.open_row(entry.bank) == entry.row) ++hits_[direction(entry)][entry.bank];
}

void WaitingRequests::remove(const RequestQueue::Entry& entry) {
  --count_[direction(entry)];
  --hits_[direction(entry)][entry.bank];
}

void WaitingRequests::activated(std::size_t bank, std::uint32_t row) {
  closed(bank);
  for (const RequestQueue::Slot slot : queue_.order()) {
    const RequestQueue::Entry& entry = queue_.at(slot);
    if (entry.bank == bank && entry.row == row && !entry.blocked()) ++hits_[direction(entry)][bank];
  }
}

void WaitingRequests::closed(std::size_t bank) {
  for (auto& hits : hits_) hits[bank] = 0;
}

}  // namespace ernsim
