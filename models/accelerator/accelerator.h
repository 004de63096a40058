#pragma once

#include <memory>
#include <systemc>

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/accelerator_options.h"
#include "models/accelerator/control/control_module.h"
#include "models/accelerator/convolution/convolution_module.h"
#include "models/accelerator/dma/load_engine_module.h"
#include "models/accelerator/dma/residual_sink.h"
#include "models/accelerator/dma/store_engine_module.h"
#include "models/accelerator/isa/word_formats.h"
#include "models/accelerator/pixel_embedding/pixel_embedding.h"
#include "models/accelerator/quantization/quantization_module.h"
#include "timing/engine_module.h"
#include "tlm/interconnect_module.h"

namespace ernsim {

/// The accelerator: five DMA engines, six on-chip memories, convolution and quantization unit, controller.
///
///     ports -> load engines -> A W Q R ;  A, W -> convolution -> F ;  F, R, Q -> quantization -> A, S -> store ->
///     ports
class Accelerator : public sc_core::sc_module, private FrameListener {
 public:
  /// Throws ConfigError if the configuration contradicts itself.
  Accelerator(sc_core::sc_module_name name, const AcceleratorConfig& config, const AcceleratorOptions& options = {});

  /// Registers: a target socket; `reset_in` and `interrupt_out` may be left unbound.
  auto& registers_in() { return control_.registers_in(); }
  sc_core::sc_out<bool>& interrupt_out() { return control_.interrupt_out(); }
  sc_core::sc_in<bool>& reset_in() { return control_.reset_in; }

  ControlModule& control() { return control_; }
  InterconnectModule& interconnect() { return interconnect_; }
  InstructionUnit& unit(UnitId id);
  std::int64_t overflows() { return convolution_.unit().overflows() + quantization_.unit().overflows(); }

 private:
  void end_of_elaboration() override;
  LoadPath load_path(UnitId unit, const AcceleratorConfig& config);
  void bind_memories();
  void set_embedding();
  void move_to(std::uint64_t base_address);
  void frame_started(Cycle now, std::uint64_t base_address) override;
  void frame_finished(Cycle now) override;
  void stood_still(Cycle now) override;

  WordBytes word_bytes_;
  std::size_t layer_count_;
  FrameObserver* frames_;
  std::unique_ptr<EngineModule> own_engine_;
  EngineModule& engine_;
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
