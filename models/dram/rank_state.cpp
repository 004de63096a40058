#include "models/dram/rank_state.h"

namespace ernsim {

RankState::RankState(const DramTiming& timing) : timing_(timing), bank_bits_(timing.bank_bits) {}

Cycle RankState::precharge_all_ready() const {
  Cycle ready = 0;
  for (std::size_t b = 0; b < banks(); ++b)
    if (banks_[b].open_row != closed) raise(ready, banks_[b].precharge);
  return ready;
}

Cycle RankState::refresh_ready() const {
  Cycle ready = 0;
  for (std::size_t b = 0; b < banks(); ++b) raise(ready, banks_[b].activate);
  return ready;
}

void RankState::precharge_all(Cycle now) {
  for (std::size_t b = 0; b < banks(); ++b)
    if (banks_[b].open_row != closed) precharge(b, now);
}

void RankState::refresh(Cycle now) {
  for (std::size_t b = 0; b < banks(); ++b) raise(banks_[b].activate, now + timing_.rfc);
}

}  // namespace ernsim
