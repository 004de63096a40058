#pragma once

#include "tests/rtl/bench/model_side.h"

namespace ernsim::rtl {

/// Runs the C++ units and a Verilated model beside each other on the same inputs. The Verilated model is reset first.
class Lockstep {
 public:
  Lockstep(const Stimulus& stimulus, Rtl& rtl);

  /// Until both have finished, or the Verilated model is hopelessly late. False if the C++ units did not finish.
  bool run();
  /// The first `cycles` cycles.
  void run_for(Cycle cycles);

  ModelSide& model() { return model_; }
  /// Of the Verilated model.
  const Recording& recording() const { return recording_; }

 private:
  bool model_finished() const;
  bool rtl_finished() const;
  void cycle();
  void choose_pushes();
  void choose_outside(const Credits& credits);
  bool rarely() { return random_() % 256 < stimulus_.outside_rate; }

  const Stimulus& stimulus_;
  Rtl& rtl_;
  ModelSide model_;
  Recording recording_;
  std::mt19937 random_;
  std::array<int, semaphore_count> posts_left_;
  std::array<std::size_t, units> pushed_{}, rtl_consumed_{}, rtl_finished_{};
  Cycle now_ = 0;
  Inputs inputs_;
  std::array<std::vector<Instruction>, units> pushes_;
};

}  // namespace ernsim::rtl
