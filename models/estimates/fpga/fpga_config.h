#pragma once

#include "config/parameter.h"

namespace ernsim {

/// The FPGAs of devices.h.
enum class Device { k26, zu2eg, zu3eg, zu4ev, zu7ev, zu9eg, xc7z020 };

/// What the accelerator is built on. None of it changes a cycle.
struct FpgaConfig {
  Device device = Device::k26;
  std::int64_t uram_min_words = 0;
};

template <class Config, class Visitor>
void visit_fpga(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"device", "", 0, 0, "the FPGA whose shares are reported", "KV260: K26"}, c.device,
        EnumNames<Device>{{"K26", Device::k26},
                          {"ZU2EG", Device::zu2eg},
                          {"ZU3EG", Device::zu3eg},
                          {"ZU4EV", Device::zu4ev},
                          {"ZU7EV", Device::zu7ev},
                          {"ZU9EG", Device::zu9eg},
                          {"XC7Z020", Device::xc7z020}});
  visit(ParameterInfo{"uram_min_words", "words", 0, 65536,
                      "on-chip memories of at least so many words are UltraRAM; 0: none is",
                      "ERN paper, Table 6: no UltraRAM"},
        c.uram_min_words);
}

}  // namespace ernsim
