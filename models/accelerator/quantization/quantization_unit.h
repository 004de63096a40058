#pragma once

#include <optional>

#include "models/accelerator/convolution/convolution_config.h"
#include "models/accelerator/memory/memory_config.h"
#include "models/accelerator/quantization/quantization_beats.h"
#include "models/accelerator/quantization/quantization_config.h"
#include "models/accelerator/unit/instruction_unit.h"
#include "timing/fifo.h"

namespace ernsim {

/// When the quantization unit does what. Timing contract, in cycles: semaphores taken at T, one pixel of one channel
/// block per cycle and core from T + issue_cycles on, finished in the cycle after its last word is
/// written, pipeline_cycles + 1 after the last pixel is read; the next instruction may take its semaphores in the cycle
/// after the last pixel is read.
class QuantizationUnit : public InstructionUnit {
 public:
  QuantizationUnit(const UnitContext& context, const QuantizationConfig& config, const ConvolutionConfig& array,
                   const MemoryConfig& memory);

  void attach(const OnChipMemories& memories) override {
    arithmetic_.attach(memories.accumulators, memories.residuals, memories.thresholds, memories.activations,
                       memories.results);
  }
  void show_values(Observer& observer) override { arithmetic_.set_observer(&observer); }
  void share(SharedWritePort& port) override { shared_ = &port; }
  std::int64_t overflows() const override { return overflows_; }
  Quantization& arithmetic() { return arithmetic_; }

 protected:
  Cycle step(Cycle now) override;
  void clear() override;
  Doing doing() const override { return {Doing::Kind::waits, read_end_, StallCause::none, reading_layer_}; }
  Work work_of(const Instruction& instruction) const override;

 private:
  struct Running {
    Instruction instruction;
    Cycle start = 0;
    Cycle end = 0;
  };

  void finish_those_done(Cycle now);
  void take_next(Cycle now);

  QuantizationConfig config_;
  std::int64_t block_channels_;
  std::int64_t cores_;  ///< each quantizes its share of the tile's rows
  Quantization arithmetic_;
  std::optional<QuantizationBeats> beats_;  ///< if somebody watches the ports
  SharedWritePort* shared_ = nullptr;
  std::int64_t overflows_ = 0;
  Fifo<Running> running_;          ///< the last one may still be reading
  Cycle read_end_ = 0;             ///< the last pixel of the newest instruction has been read
  std::size_t reading_layer_ = 0;  ///< its layer
};

}  // namespace ernsim
