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

void RankState::read(std::size_t bank, Cycle now) {
  Bounds& g = groups_[group(bank)];
  raise(all_.read, now + timing_.ccd_s);
  raise(g.read, now + timing_.ccd_l);
  raise(all_.write, now + timing_.read_to_write());
  raise(banks_[bank].precharge, now + timing_.rtp);
}

void RankState::write(std::size_t bank, Cycle now) {
  Bounds& g = groups_[group(bank)];
  raise(all_.write, now + timing_.ccd_s);
  raise(g.write, now + timing_.ccd_l);
  raise(all_.read, now + timing_.write_to_read_s());
  raise(g.read, now + timing_.write_to_read_l());
  raise(banks_[bank].precharge, now + timing_.write_to_precharge());
}

void RankState::activate(std::size_t bank, std::uint32_t row, Cycle now) {
  Bank& b = banks_[bank];
  b.open_row = row;
  ++open_banks_;
  raise(b.column, now + timing_.rcd);
  raise(b.precharge, now + timing_.ras);
  raise(b.activate, now + timing_.rc);
  raise(groups_[group(bank)].activate, now + timing_.rrd_l);
  fifth_activate_[oldest_activate_] = now + timing_.faw;
  oldest_activate_ = (oldest_activate_ + 1) % fifth_activate_.size();
  raise(all_.activate, std::max(now + timing_.rrd_s, fifth_activate_[oldest_activate_]));
}

void RankState::precharge(std::size_t bank, Cycle now) {
  banks_[bank].open_row = closed;
  --open_banks_;
  raise(banks_[bank].activate, now + timing_.rp);
}

void RankState::precharge_all(Cycle now) {
  for (std::size_t b = 0; b < banks(); ++b)
    if (banks_[b].open_row != closed) precharge(b, now);
}

void RankState::refresh(Cycle now) {
  for (std::size_t b = 0; b < banks(); ++b) raise(banks_[b].activate, now + timing_.rfc);
}

}  // namespace ernsim
