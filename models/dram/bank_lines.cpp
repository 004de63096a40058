#include "models/dram/bank_lines.h"

namespace ernsim {

/// A request that was blocked is older than others in the line.
void BankLines::insert(Line& line, Slot slot) {
  const std::int64_t arrival = queue_.at(slot).arrival;
  Slot before = none;
  for (Slot s = line.first; queue_.at(s).arrival < arrival; s = next_[s]) before = s;
  Slot& place = before == none ? line.first : next_[before];
  next_[slot] = place;
  place = slot;
}

void BankLines::opened(std::size_t bank) {
  for (const bool write : {false, true}) find_hit(bank, write, lines_[bank].first);
}

}  // namespace ernsim
