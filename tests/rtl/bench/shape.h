#pragma once

#include "models/accelerator/control/control_config.h"
#include "models/accelerator/convolution/convolution_config.h"
#include "models/accelerator/memory/memory_config.h"
#include "models/accelerator/quantization/quantization_config.h"

namespace ernsim::rtl {

/// The words of a memory that a case uses.
struct Region {
  int first = 0, words = 0;

  int end() const { return first + words; }
};

/// The parameters of a Verilated model, and the configuration of the C++ units that it must equal.
struct Shape {
  int channels = 16;  ///< B
  int lanes = 3;      ///< M
  int banks = 2;      ///< of A
  int pipeline = 8, issue = 2;
  int quantization_pipeline = 6, quantization_issue = 2;
  int accumulator_bits = 16;
  int semaphore_cycles = 1;
  int queue_depth = 16;
  Region a{0, 1024}, w{0, 2048}, q{0, 8}, f{0, 512}, r{0, 512}, s{0, 512};

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
    config.activations_banks = banks;
    return config;
  }
};

}  // namespace ernsim::rtl
