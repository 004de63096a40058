#pragma once

#include <vector>

#include "models/accelerator/accelerator.h"
#include "models/platform/run.h"

namespace ernsim {

/// Notes how long the array works for each layer, and passes everything on.
class FrameRecorder : public Observer {
 public:
  /// `values`, `profile` and `starts`, which sees frames start, may be null; `profile` is not shown values.
  /// An instruction of the array ends `array_pipeline` cycles after the array has turned to the next one.
  FrameRecorder(std::size_t layer_count, Cycle array_pipeline, Observer* values, Observer* profile,
                Observer* starts = nullptr);

  /// Writes the frame's figures into `result`, and tells `profile` that the frame is finished.
  void collect(Accelerator& accelerator, RunResult& result) const;

  std::int64_t instructions() const { return instructions_; }

  void instruction(const Instruction& instruction, Cycle start, Cycle end) override;
  void frame_started(Cycle now) override;
  bool sees_cycles() const override { return profile_ != nullptr; }
  void spent(UnitId unit, Activity activity, std::size_t layer, Cycle begin, Cycle end) override;
  void waited(UnitId unit, StallCause cause, Cycle begin, Cycle end) override;
  void embedded(int row, int column, int count, int blocks, const std::uint8_t* words) override;
  void accumulators(const Instruction& instruction, const std::int16_t* values) override;
  void sums(const Instruction& instruction, const std::int16_t* values) override;
  void codes(const Instruction& instruction, const std::uint8_t* values) override;

 private:
  /// From a layer's first turn on the array to its last. Layers may take turns.
  struct ArrayTime {
    Cycle start = 0;  ///< 0: of the frame
    Cycle end = 0;    ///< 0: no turn yet
  };

  void turn(ArrayTime& layer, Cycle end);

  std::vector<ArrayTime> array_;  ///< [layer]
  Cycle array_pipeline_;
  Cycle last_end_ = 0;             ///< of the turn before; 0: none yet
  std::int64_t instructions_ = 0;  ///< finished so far, in all frames
  Observer* next_;
  Observer* profile_;
  Observer* starts_;
};

}  // namespace ernsim
