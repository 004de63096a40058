#pragma once

#include "models/control/control_config.h"
#include "models/convolution/convolution_config.h"
#include "models/memory/memory_config.h"
#include "models/quantization/quantization_config.h"

namespace ernsim::rtl {

/// The parameters of a Verilated model, and the configuration of the C++ units that it must equal.
struct Shape {
  int channels = 16;  ///< B
  int lanes = 3;      ///< M
  int pipeline = 8, issue = 2;
  int quantization_pipeline = 6, quantization_issue = 2;
  int accumulator_bits = 16;
  int semaphore_cycles = 1;
  int queue_depth = 16;
  int activation_words = 1024, weight_words = 2048, threshold_entries = 8, sum_words = 512;

  ConvolutionConfig convolution() const {
    ConvolutionConfig config;
    config.block_channels = channels;
    config.lanes = lanes;
    config.issue_cycles = issue;
    config.pipeline_cycles = pipeline;
    return config;
  }
  QuantizationConfig quantization() const { return {quantization_issue, quantization_pipeline}; }
  MemoryConfig memory() const {
    MemoryConfig config;
    config.accumulator_bits = accumulator_bits;
    return config;
  }
};

}  // namespace ernsim::rtl
