#include "models/dram/rank_state.h"

namespace ernsim {

RankState::RankState(const DramTiming& timing)
    : timing_(timing), bank_bits_(timing.bank_bits), rank_shift_(timing.bank_bits + timing.bank_group_bits) {}

Cycle RankState::last_precharge_ready(Banks banks) const {
  Cycle ready = 0;
  for (banks &= open_banks_; banks != 0; banks &= banks - 1)
    raise(ready, precharge_ready(static_cast<std::size_t>(__builtin_ctz(banks))));
  return ready;
}

Cycle RankState::refresh_ready(Banks banks) const {
  Cycle ready = 0;
  for (; banks != 0; banks &= banks - 1) raise(ready, banks_[static_cast<std::size_t>(__builtin_ctz(banks))].refresh);
  return ready;
}

void RankState::precharge_all(Banks banks, Cycle now) {
  for (std::size_t b = 0; b < dram_max_banks; ++b) {
    if (((banks >> b) & 1U) == 0) continue;
    if ((open_banks_ >> b & 1U) != 0) close(b, now, timing_.precharge_all_to_activate);
    raise(banks_[b].refresh, now + timing_.precharge_all_to_refresh);
  }
}

void RankState::refresh_all(Banks banks, Cycle now) {
  for (std::size_t b = 0; b < dram_max_banks; ++b) {
    if (((banks >> b) & 1U) == 0) continue;
    raise(banks_[b].activate, now + timing_.refresh_to_activate);
    raise(banks_[b].refresh, now + timing_.refresh_to_refresh);
  }
}

/// For tRRD it counts as an ACT.
void RankState::refresh_bank(std::size_t bank, Cycle now) {
  raise(banks_[bank].activate, now + timing_.bank_refresh_to_activate);
  for (std::size_t b = 0; b < dram_max_banks; ++b)
    if (rank(b) == rank(bank)) raise(banks_[b].refresh, now + timing_.bank_refresh_to_refresh);
  raise(ranks_[rank(bank)].activate, now + timing_.rrd_s + timing_.refresh_length - timing_.activate_length);
}

}  // namespace ernsim
