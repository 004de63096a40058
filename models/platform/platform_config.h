#pragma once

#include <string>

#include "models/accelerator/control/control_config.h"
#include "models/accelerator/convolution/convolution_config.h"
#include "models/accelerator/dma/dma_config.h"
#include "models/accelerator/memory/memory_config.h"
#include "models/accelerator/pixel_embedding/pixel_embedding_config.h"
#include "models/accelerator/quantization/quantization_config.h"
#include "models/dram/dram_config.h"
#include "models/estimates/energy/energy_config.h"
#include "models/estimates/fpga/fpga_config.h"
#include "models/platform/host_config.h"
#include "models/platform/schedule_config.h"
#include "timing/clock.h"
#include "tlm/interconnect_config.h"

namespace ernsim {

struct AcceleratorConfig {
  double clock_mhz = 125;
  ConvolutionConfig convolution;
  QuantizationConfig quantization;
  PixelEmbeddingConfig pixel_embedding;
  MemoryConfig memory;
  DmaConfig dma;
  ControlConfig control;
  FpgaConfig fpga;

  /// The accelerator clock, its period rounded to a whole number of picoseconds.
  Clock clock() const;
};

/// Everything that shapes a simulation except the workload.
struct PlatformConfig {
  std::string name = "kv260";
  AcceleratorConfig accelerator;
  InterconnectConfig interconnect;
  DramConfig dram;
  HostConfig host;
  ScheduleConfig schedule;
  EnergyConfig energy;
};

/// Throws ConfigError when values that are each in range do not fit together (B not a power of two, ...).
void validate(const PlatformConfig& config);

/// Calls visit(section, ParameterInfo, value&[, EnumNames]) for every parameter of the platform.
template <class Config, class Visitor>
void visit_parameters(Config& config, Visitor&& visit) {
  auto in = [&visit](const char* section) {
    return [&visit, section](const ParameterInfo& info, auto& value, auto... names) {
      visit(section, info, value, names...);
    };
  };
  auto& accelerator = config.accelerator;
  visit("accelerator",
        ParameterInfo{"clock_mhz", "MHz", 1, 2000, "accelerator clock; its period is rounded to 1 ps",
                      "guess; fitted to published latencies in platforms/kv260.toml"},
        accelerator.clock_mhz);
  visit_convolution(accelerator.convolution, in("convolution"));
  visit_quantization(accelerator.quantization, in("quantization"));
  visit_pixel_embedding(accelerator.pixel_embedding, in("pixel_embedding"));
  visit_memory(accelerator.memory, in("memory"));
  visit_dma(accelerator.dma, in("dma"));
  visit_control(accelerator.control, in("control"));
  visit_interconnect(config.interconnect, in("interconnect"));
  visit_dram(config.dram, in("dram"));
  visit_host(config.host, in("host"));
  visit_fpga(accelerator.fpga, in("fpga"));
  visit_schedule(config.schedule, in("schedule"));
  visit_energy(config.energy, in("energy"));
}

}  // namespace ernsim
