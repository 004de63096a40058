#pragma once

#include "models/accelerator/control/control_config.h"
#include "models/accelerator/convolution/convolution_config.h"
#include "models/accelerator/dma/dma_config.h"
#include "models/accelerator/memory/memory_config.h"
#include "models/accelerator/pixel_embedding/pixel_embedding_config.h"
#include "models/accelerator/quantization/quantization_config.h"
#include "timing/clock.h"
#include "tlm/interconnect_config.h"

namespace ernsim {

/// Everything that shapes the accelerator, its AXI ports included.
struct AcceleratorConfig {
  double clock_mhz = 125;
  ConvolutionConfig convolution;
  QuantizationConfig quantization;
  PixelEmbeddingConfig pixel_embedding;
  MemoryConfig memory;
  DmaConfig dma;
  ControlConfig control;
  InterconnectConfig interconnect;

  /// The accelerator clock, its period rounded to a whole number of picoseconds.
  Clock clock() const;
};

/// Throws ConfigError when values that are each in range do not fit together (B not a power of two, ...).
void validate(const AcceleratorConfig& config);

/// Passes on what is visited as parameters of `section`: visit(section, ParameterInfo, value&[, EnumNames]).
template <class Visitor>
auto in_section(const char* section, Visitor& visit) {
  return [&visit, section](const ParameterInfo& info, auto& value, auto... names) {
    visit(section, info, value, names...);
  };
}

/// Calls visit(section, ParameterInfo, value&[, EnumNames]) for every parameter of the accelerator.
template <class Config, class Visitor>
void visit_accelerator(Config& c, Visitor&& visit) {
  visit("accelerator",
        ParameterInfo{"clock_mhz", "MHz", 1, 2000, "accelerator clock; its period is rounded to 1 ps",
                      "guess; fitted to published latencies in platforms/kv260.toml"},
        c.clock_mhz);
  visit_convolution(c.convolution, in_section("convolution", visit));
  visit_quantization(c.quantization, in_section("quantization", visit));
  visit_pixel_embedding(c.pixel_embedding, in_section("pixel_embedding", visit));
  visit_memory(c.memory, in_section("memory", visit));
  visit_dma(c.dma, in_section("dma", visit));
  visit_control(c.control, in_section("control", visit));
  visit_interconnect(c.interconnect, in_section("interconnect", visit));
}

}  // namespace ernsim
