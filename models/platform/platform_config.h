#pragma once

#include <string>
#include <vector>

#include "models/accelerator/accelerator_config.h"
#include "models/dram/dram_config.h"
#include "models/estimates/energy/energy_config.h"
#include "models/estimates/fpga/fpga_config.h"
#include "models/platform/host_config.h"
#include "models/platform/schedule_config.h"
#include "models/traffic/traffic_config.h"

namespace ernsim {

/// Everything that shapes a simulation except the workload.
struct PlatformConfig {
  std::string name = "kv260";
  AcceleratorConfig accelerator;
  DramConfig dram;
  HostConfig host;
  FpgaConfig fpga;
  ScheduleConfig schedule;
  EnergyConfig energy;
  std::vector<TrafficConfig> traffic;  ///< who else uses the memory, by name
};

/// Throws ConfigError when values that are each in range do not fit together (B not a power of two, ...).
void validate(const PlatformConfig& config);

/// Calls visit(section, ParameterInfo, value&[, EnumNames]) for every parameter of the platform.
template <class Config, class Visitor>
void visit_parameters(Config& config, Visitor&& visit) {
  visit_accelerator(config.accelerator, visit);
  visit_dram(config.dram, in_section("dram", visit));
  visit_host(config.host, in_section("host", visit));
  visit_fpga(config.fpga, in_section("fpga", visit));
  visit_schedule(config.schedule, in_section("schedule", visit));
  visit_energy(config.energy, in_section("energy", visit));
  for (auto& each : config.traffic) {
    const std::string section = "traffic." + each.name;
    visit_traffic(each, in_section(section.c_str(), visit));
  }
}

}  // namespace ernsim
