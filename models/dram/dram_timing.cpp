#include "models/dram/dram_timing.h"

namespace ernsim {

namespace {

/// 4 x 8 Gb x16. Source: KV260 board preset; a x16 die has a 2 KiB page, hence the longer tRRD and tFAW (30 ns).
DramTiming kv260_x16() {
  DramTiming t;
  t.cwl = 14;
  t.rrd_s = 7;
  t.rrd_l = 8;
  t.faw = 36;
  t.bank_group_bits = 1;
  return t;
}

/// 8 x 8 Gb x8. Source: JESD79-4 DDR4-2400, speed bin R; of the two allowed CWL, 12 (one-cycle preamble) and 16, 12.
DramTiming generic_x8() { return DramTiming{}; }

}  // namespace

DramTiming dram_timing(DramPart part) { return part == DramPart::kv260_x16 ? kv260_x16() : generic_x8(); }

Clock dram_clock(const DramConfig&) { return Clock{833}; }

}  // namespace ernsim
