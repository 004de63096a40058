#pragma once

#include "config/parameter.h"

namespace ernsim {

/// Prices of what a frame does. Estimates: README.md derives each from its source.
struct EnergyConfig {
  double binary_mac_pj = 0.25;
  double accumulate_add_pj = 0.7;
  double threshold_compare_pj = 0.7;
  double on_chip_read_pj_per_byte = 1.25;
  double on_chip_write_pj_per_byte = 1.25;
  double dram_read_pj_per_byte = 49.0;
  double dram_write_pj_per_byte = 45.2;
  double dram_activate_pj = 8405;
  double dram_refresh_pj = 391300;
  double dram_standby_mw = 225.6;
  double clock_pj_per_flip_flop = 0.02;
  double static_mw = 300;
};

template <class Config, class Visitor>
void visit_energy(Config& c, Visitor&& visit) {
  visit(
      ParameterInfo{"binary_mac_pj", "pJ", 0, 1e6, "one multiply-accumulate of a 1-bit weight and a 2-bit code",
                    "Horowitz 2014, 45 nm: add of 8 bit 0.03 pJ, times 4.8 bits of adder tree; x 14 for an FPGA, Kuon "
                    "and Rose 2007, 90 nm"},
      c.binary_mac_pj);
  visit(ParameterInfo{"accumulate_add_pj", "pJ", 0, 1e6, "one addition to an accumulator or of a residual, 16 bit",
                      "Horowitz 2014, 45 nm: add of 16 bit 0.05 pJ; x 14 for an FPGA, Kuon and Rose 2007, 90 nm"},
        c.accumulate_add_pj);
  visit(ParameterInfo{"threshold_compare_pj", "pJ", 0, 1e6, "one comparison with a threshold",
                      "guess: as an addition of 16 bit"},
        c.threshold_compare_pj);
  visit(ParameterInfo{"on_chip_read_pj_per_byte", "pJ/byte", 0, 1e6, "reading an on-chip memory",
                      "Horowitz 2014, 45 nm: 64 bits of an 8 KB SRAM 10 pJ; guess: block RAM takes the same"},
        c.on_chip_read_pj_per_byte);
  visit(ParameterInfo{"on_chip_write_pj_per_byte", "pJ/byte", 0, 1e6, "writing an on-chip memory", "guess: as reading"},
        c.on_chip_write_pj_per_byte);
  visit(ParameterInfo{"dram_read_pj_per_byte", "pJ/byte", 0, 1e6, "reading an open row of the DDR4, without I/O",
                      "Micron TN-40-07: (IDD4R - IDD3N) x VDD; currents: DRAMsim3, DDR4_8Gb_x16_2400"},
        c.dram_read_pj_per_byte);
  visit(ParameterInfo{"dram_write_pj_per_byte", "pJ/byte", 0, 1e6, "writing to an open row of the DDR4, without I/O",
                      "Micron TN-40-07: (IDD4W - IDD3N) x VDD; currents: DRAMsim3, DDR4_8Gb_x16_2400"},
        c.dram_write_pj_per_byte);
  visit(ParameterInfo{"dram_activate_pj", "pJ", 0, 1e9, "opening and closing a row of the rank",
                      "Micron TN-40-07: IDD0 less IDD3N and IDD2N over tRC; currents: DRAMsim3, DDR4_8Gb_x16_2400"},
        c.dram_activate_pj);
  visit(ParameterInfo{"dram_refresh_pj", "pJ", 0, 1e9, "one REF command to the rank",
                      "Micron TN-40-07: (IDD5B - IDD3N) x VDD x tRFC; currents: DRAMsim3, DDR4_8Gb_x16_2400"},
        c.dram_refresh_pj);
  visit(ParameterInfo{"dram_standby_mw", "mW", 0, 1e6, "power of the DDR4 whatever it does, over the frame's latency",
                      "Micron TN-40-07: IDD3N x VDD x 4 devices; currents: DRAMsim3, DDR4_8Gb_x16_2400"},
        c.dram_standby_mw);
  visit(
      ParameterInfo{
          "clock_pj_per_flip_flop", "pJ", 0, 1e6,
          "a clock edge at a flip-flop and its share of the clock tree, in every cycle of the frame's latency",
          "guess: with static_mw 500 mW for the default"},
      c.clock_pj_per_flip_flop);
  visit(ParameterInfo{"static_mw", "mW", 0, 1e6,
                      "power of the K26's programmable logic whatever is built on it, over the frame's latency",
                      "guess: leakage"},
        c.static_mw);
}

}  // namespace ernsim
