#pragma once

#include <array>

#include "models/estimates/fpga/fpga_config.h"
#include "models/estimates/fpga/resources.h"

namespace ernsim {

/// An FPGA and what it has.
struct FpgaDevice {
  const char* name;
  const char* found_on;  ///< a board
  Resources has;
  const char* source;
  int ports;             ///< of the processing system to its memory, for masters in the logic
  int port_width_bytes;  ///< the widest
};

/// In the order of Device. LUT, FF, block RAMs of 18 kbit, UltraRAMs, DSP blocks. Ports: four HP and two HPC (UG1085);
/// four HP of the Zynq-7000 (UG585).
inline constexpr std::array<FpgaDevice, 7> devices{{
    {"K26", "KV260, KR260", {117'120, 234'240, 288, 64, 1'248}, "DS987", 6, 16},
    {"ZU2EG", "modules", {47'232, 94'464, 300, 0, 240}, "DS891", 6, 16},
    {"ZU3EG", "Ultra96-V2", {70'560, 141'120, 432, 0, 360}, "DS891", 6, 16},
    {"ZU4EV", "modules", {87'840, 175'680, 256, 48, 728}, "DS891", 6, 16},
    {"ZU7EV", "ZCU104, ZCU106", {230'400, 460'800, 624, 96, 1'728}, "DS891", 6, 16},
    {"ZU9EG", "ZCU102", {274'080, 548'160, 1'824, 0, 2'520}, "DS891", 6, 16},
    {"XC7Z020", "PYNQ-Z2, ZedBoard", {53'200, 106'400, 280, 0, 220}, "DS190", 4, 8},
}};

inline const FpgaDevice& device_of(Device device) { return devices[static_cast<std::size_t>(device)]; }

/// The shares of its resources that `used` takes; infinite for what it needs and the device has not.
PerResource<double> shares_of(const Resources& used, const FpgaDevice& device);
/// The largest of them.
double share_of(const Resources& used, const FpgaDevice& device);
/// What `used` takes more than the device has, 0 where it has enough.
Resources lacking_of(const Resources& used, const FpgaDevice& device);
inline bool fits(const Resources& used, const FpgaDevice& device) { return share_of(used, device) <= 1; }

}  // namespace ernsim
