#pragma once

#include <vector>

#include "models/accelerator/accelerator.h"
#include "models/platform/run.h"

namespace ernsim {

/// Notes when each layer's last convolution ends, and passes everything on.
class FrameRecorder : public Observer {
 public:
  /// `values` and `profile` may be null; `profile` is not shown values.
  FrameRecorder(std::size_t layer_count, Observer* values, Observer* profile);

  /// Writes the frame's figures into `result`, and tells `profile` that the frame is finished.
  void collect(Accelerator& accelerator, RunResult& result) const;

  std::int64_t instructions() const { return instructions_; }

  void instruction(const Instruction& instruction, Cycle start, Cycle end) override;
  void frame_started(Cycle now) override;
  bool sees_cycles() const override { return profile_ != nullptr; }
  void spent(UnitId unit, Activity activity, Cycle begin, Cycle end) override;
  void embedded(int row, int column, int count, int blocks, const std::uint8_t* words) override;
  void accumulators(const Instruction& instruction, const std::int16_t* values) override;
  void sums(const Instruction& instruction, const std::int16_t* values) override;
  void codes(const Instruction& instruction, const std::uint8_t* values) override;

 private:
  std::vector<Cycle> convolved_;   ///< [layer]: end of its last convolution instruction
  std::int64_t instructions_ = 0;  ///< finished so far, in all frames
  Observer* next_;
  Observer* profile_;
};

}  // namespace ernsim
