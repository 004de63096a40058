#include "simulation/configuration_notes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/estimates/energy/energy.h"
#include "models/estimates/fpga/devices.h"
#include "platforms/parameters.h"

namespace ernsim {

namespace {

using Notes = std::vector<std::string>;

int largest_kernel(const workloads::Graph& graph) {
  int kernel = 1;
  for (const workloads::Node& node : graph.nodes)
    if (!node.is_dilated()) kernel = std::max(kernel, node.kernel);  // else its taps go one by one
  return kernel;
}

void note_lanes(const ConvolutionConfig& array, const workloads::Graph& graph, Notes& notes) {
  const int kernel = largest_kernel(graph);
  if (array.lane_mapping != LaneMapping::kernel_columns || array.lanes <= kernel) return;
  notes.push_back(fmt::format(
      "convolution.lanes={}: no kernel has more than {} columns, so with lane_mapping=kernel_columns the lanes beyond "
      "{} compute nothing",
      array.lanes, kernel, kernel));
}

/// What a device's own memory controller drives.
const char* memory_of(Device device) {
  return device == Device::xc7z020 ? "DDR3 of at most 32 bits (DS190)" : "what its board has";
}

void note_device(const PlatformConfig& platform, Notes& notes) {
  const Device device = platform.fpga.device;
  if (device == FpgaConfig{}.device) return;
  notes.push_back(fmt::format(
      "fpga.device={}: cycles and times are with the clock, ports and dram.part={} of the platform, not with {}",
      device_of(device).name, platform.dram.part.name, memory_of(device)));
}

/// Names of the energy's prices that have no basis here.
void note_prices(const PlatformConfig& platform, Notes& notes) {
  EnergyConfig known = known_prices(platform.energy, platform.dram, platform.fpga.device);
  std::vector<std::string> dram, fpga;
  visit_energy(known, [&](const ParameterInfo& info, const double& price) {
    const std::string key = std::string("energy.") + info.key;
    if (std::isnan(price)) (key == "energy.static_mw" ? fpga : dram).push_back(key);
  });
  if (!dram.empty())
    notes.push_back(
        fmt::format("dram: energy is not known, the default prices are those of one rank of kv260_x16: give {}",
                    fmt::join(dram, ", ")));
  if (!fpga.empty())
    notes.push_back(fmt::format("fpga.device: energy is not known, the default leakage is the K26's: give {}",
                                fmt::join(fpga, ", ")));
}

void note_memory(const PlatformConfig& platform, Notes& notes) {
  if (platform.dram.page_policy == PagePolicy::closed)
    notes.push_back("dram.page_policy=closed: energy.dram_standby_mw is the power with an open row, so too high");
  if (!platform.dram.refresh) notes.push_back("dram.refresh=false: a DDR4 without refresh forgets what it holds");
  const std::int64_t bits = platform.accelerator.memory.accumulator_bits;
  if (bits != MemoryConfig{}.accumulator_bits)
    notes.push_back(fmt::format(
        "memory.accumulator_bits={}: block RAM is counted with them, logic and energy are those of 16 bits", bits));
}

void note_ports(const AcceleratorConfig& accelerator, const FpgaDevice& device, Notes& notes) {
  const InterconnectConfig& ports = accelerator.interconnect;
  if (ports.ports > device.ports)
    notes.push_back(fmt::format("interconnect.ports={}: the {} has {}", ports.ports, device.name, device.ports));
  if (ports.port_width_bytes > device.port_width_bytes)
    notes.push_back(fmt::format("interconnect.port_width_bytes={}: a port of the {} has {} bytes at most",
                                ports.port_width_bytes, device.name, device.port_width_bytes));
  const std::pair<const char*, std::int64_t> gangs[] = {{"load_activations", ports.gang_of_load_activations},
                                                        {"load_weights", ports.gang_of_load_weights},
                                                        {"load_residuals", ports.gang_of_load_residuals},
                                                        {"store", ports.gang_of_store}};
  for (const auto& [engine, gang] : gangs)
    if (gang > ports.ports)
      notes.push_back(fmt::format("interconnect.gang_of_{}={}: there are {} ports, so it has {}", engine, gang,
                                  ports.ports, ports.ports));
  if (ports.synchroniser_stages == 0 && ports.clock().period_ps != accelerator.clock().period_ps)
    notes.push_back("interconnect.synchroniser_stages=0: with two clocks that needs both from one source, in phase");
}

void note_clock(double clock_mhz, Notes& notes) {
  if (clock_mhz > AcceleratorConfig{}.clock_mhz)
    notes.push_back(
        fmt::format("accelerator.clock_mhz={:g}: whether the design and its ports reach that is not known", clock_mhz));
}

/// Parameters that change the hardware, but not what it is said to take.
void note_resources(const PlatformConfig& platform, Notes& notes) {
  static const std::vector<std::string> unseen{"convolution.lane_mapping",
                                               "convolution.pipeline_cycles",
                                               "convolution.pane_load_cycles",
                                               "quantization.pipeline_cycles",
                                               "pixel_embedding.pixels_per_cycle",
                                               "memory.activations_banks",
                                               "memory.activations_write_ports",
                                               "dma.pack_sums",
                                               "control.queue_depth",
                                               "interconnect.synchroniser_stages",
                                               "interconnect.ports",
                                               "interconnect.port_outstanding"};
  const std::vector<Parameter> given = parameters(platform), defaults = parameters(PlatformConfig{});
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const std::string key = given[i].section + "." + given[i].info.key;
    if (given[i].value != defaults[i].value && std::find(unseen.begin(), unseen.end(), key) != unseen.end())
      changed.push_back(key);
  }
  if (!changed.empty())
    notes.push_back(fmt::format("LUT and FF do not depend on {}, though hardware would", fmt::join(changed, ", ")));
}

}  // namespace

std::vector<std::string> configuration_notes(const PlatformConfig& platform, const workloads::Graph& graph) {
  Notes notes;
  note_lanes(platform.accelerator.convolution, graph, notes);
  note_clock(platform.accelerator.clock_mhz, notes);
  note_ports(platform.accelerator, device_of(platform.fpga.device), notes);
  note_memory(platform, notes);
  note_device(platform, notes);
  note_prices(platform, notes);
  note_resources(platform, notes);
  return notes;
}

}  // namespace ernsim
