// Every public header by itself, and something of each component that has to be linked.
#include <ernsim/accelerator.h>
#include <ernsim/ddr4.h>
#include <ernsim/traces.h>
#include <ernsim/workloads.h>

#include "driver/ernsim_driver.h"

int sc_main(int, char**) {
  const ernsim::AcceleratorConfig accelerator;
  ernsim::Accelerator engine("accelerator", accelerator);
  ernsim::Ddr4 memory("memory", ernsim::DramConfig{}, 1);
  const auto graph = ernsim::workloads::build_network("ERNs18", {});
  const auto schedule = ernsim::compiler::compile(graph, ernsim::PlatformConfig{});
  ernsim_program program;
  const bool refused = ernsim_program_open(&program, "", 0) == 0;
  return refused && !schedule.layers.empty() && !ernsim::traces::channels_of(accelerator).empty() ? 0 : 1;
}
