#pragma once

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/quantization/quantization_work.h"
#include "rtl/design_unit.h"

namespace ernsim::rtl {

/// The quantization unit in RTL.
class QuantizationRtl : public DesignUnit {
 public:
  QuantizationRtl(const UnitContext& context, const AcceleratorConfig& config, std::unique_ptr<Design> design);

  void attach(const OnChipMemories& memories) override;
  void show_values(Observer& observer) override { values_ = &observer; }

 private:
  void clear() override;
  Doing doing() const override {
    return {reading_ ? Doing::Kind::holds : Doing::Kind::waits, reading_ ? never : read_end_, StallCause::none,
            reading_instruction_.at.layer};
  }
  void observe(Cycle now) override;
  Work work_of(const Instruction& instruction) const override {
    return quantization_work(instruction.quantization, static_cast<std::int64_t>(block_channels_));
  }
  void report_beats(const Instruction& instruction) override;
  void show(const Instruction& instruction, std::size_t pixels);

  std::size_t block_channels_;
  Observer* values_ = nullptr;
  std::optional<BeatQueue> accumulators_, residuals_, thresholds_, codes_, sums_;
  std::deque<Bytes> values_out_;  ///< of each pixel written, if somebody looks
  bool reading_ = false;
  Instruction reading_instruction_;
  std::size_t left_ = 0;  ///< pixels not yet read
  Cycle read_end_ = 0;    ///< the last pixel has been read
};

}  // namespace ernsim::rtl
