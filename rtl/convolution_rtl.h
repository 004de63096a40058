#pragma once

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/convolution/array_geometry.h"
#include "models/accelerator/convolution/convolution_work.h"
#include "rtl/design_unit.h"

namespace ernsim::rtl {

/// The convolution unit in RTL.
class ConvolutionRtl : public DesignUnit {
 public:
  ConvolutionRtl(const UnitContext& context, const AcceleratorConfig& config, std::unique_ptr<Design> design);

  void attach(const OnChipMemories& memories) override;

 private:
  void clear() override;
  Doing doing() const override;
  void observe(Cycle now) override;
  Work work_of(const Instruction& instruction) const override {
    return convolution_work(instruction.convolution, geometry_, reads_, config_.block_channels);
  }
  void report_beats(const Instruction& instruction) override;
  void end_sweep(Cycle now);
  void start_sweep(Cycle now);
  void follow_sweep(Cycle now);
  bool reads_activations() const;
  void take_weights(Cycle now);
  const Instruction* numbered(std::size_t number) const;

  ConvolutionConfig config_;
  ArrayGeometry geometry_;
  ActivationReads reads_;
  std::optional<BeatQueue> weights_, activations_, accumulators_in_, accumulators_;
  std::deque<Cycle> steps_end_;  ///< [sweep]: the cycle after its last step, of the oldest instruction held on
  bool has_active_ = false, sweeping_ = false;
  Instruction active_;
  int swept_ = 0;
  Cycle ready_ = 0, sweep_end_ = 0;  ///< earliest, until its steps are made
  Cycle steps_left_ = 0;             ///< of the sweep
  bool stepped_ = false;             ///< in the cycle before
  std::size_t taken_ = 0;            ///< instructions taken so far
  std::size_t weights_next_ = 0;     ///< number of the first instruction whose weights' credits may be taken next
};

}  // namespace ernsim::rtl
