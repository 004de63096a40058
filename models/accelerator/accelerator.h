#pragma once

#include <systemc>

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/control/control_module.h"
#include "models/accelerator/convolution/convolution_module.h"
#include "models/accelerator/dma/load_engine_module.h"
#include "models/accelerator/dma/residual_sink.h"
#include "models/accelerator/dma/store_engine_module.h"
#include "models/accelerator/pixel_embedding/pixel_embedding.h"
#include "models/accelerator/quantization/quantization_module.h"
#include "timing/engine_module.h"
#include "tlm/interconnect_module.h"

namespace ernsim {

/// The accelerator: five DMA engines, six on-chip memories, convolution and quantization unit, controller.
///
///     ports -> load engines -> A W Q R ;  A, W -> convolution -> F ;  F, R, Q -> quantization -> A, S -> store ->
///     ports
class Accelerator : public sc_core::sc_module {
 public:
  /// Its clocked units are advanced by `engine`. `values`, if not null, is shown tensor values.
  Accelerator(sc_core::sc_module_name name, EngineModule& engine, const AcceleratorConfig& config, Observer* observer,
              bool data, Observer* values, PortObserver* ports, const Replacements& replacements,
              std::size_t layer_count);

  ControlModule& control() { return control_; }
  InterconnectModule& interconnect() { return interconnect_; }
  InstructionUnit& unit(UnitId id);
  /// Called when a frame is finished, its accounts closed.
  std::function<void(Cycle)> on_frame_finished;
  std::int64_t overflows() { return convolution_.unit().overflows() + quantization_.unit().overflows(); }

 private:
  struct WordBytes {
    explicit WordBytes(const AcceleratorConfig& config);
    std::int64_t codes, weights, thresholds, sums;
  };

  void end_of_elaboration() override;
  void bind_memories();
  void set_embedding();
  void start_frame(Cycle now);
  void finish_frame(Cycle now);

  WordBytes word_bytes_;
  std::size_t layer_count_;
  PayloadPool pool_;
  SemaphoreBank semaphores_;
  OnChipMemoryModule activations_, weights_, thresholds_, accumulators_, residuals_, results_;
  PixelEmbedding embedding_;
  ResidualSink residual_sink_;
  SharedWritePort activations_port_;
  InterconnectModule interconnect_;
  PortLink link_;
  ControlModule control_;
  UnitContext context_;
  LoadEngineModule load_activations_, load_weights_, load_thresholds_, load_residuals_;
  ConvolutionModule convolution_;
  QuantizationModule quantization_;
  StoreEngineModule store_;
};

}  // namespace ernsim
