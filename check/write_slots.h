#pragma once

#include "check/executions.h"

namespace ernsim::check {

/// The cycles that the quantization unit leaves to loads at the only write port of A. It has the port from
/// T + issue_cycles + pipeline_cycles on, one cycle per pixel of a core; a burst knows of what was taken at T before it
/// is done.
class WriteSlots {
 public:
  WriteSlots(const Trace& trace, const Executions& executions) {
    const Cycle delay = trace.parameter("quantization.issue_cycles") + trace.parameter("quantization.pipeline_cycles");
    const Cycle cores = trace.parameter("convolution.cores");
    for (const Execution& e : executions.of(quantization)) {
      if (e.op == nullptr || e.start == unknown || cores == 0 || !e.op->quantization.emit_codes) continue;
      const Cycle rows = (e.op->quantization.rows + cores - 1) / cores;
      taken_.push_back({e.start, e.start + delay, e.start + delay + rows * e.op->quantization.columns});
    }
  }

  /// The cycle after the first `steps` free ones from `start` on, as a burst sees it that is done in cycle `done`.
  Cycle after(Cycle steps, Cycle start, Cycle done) {
    while (first_ < taken_.size() && taken_[first_].end <= start) ++first_;
    Cycle at = start;
    for (std::size_t i = first_; i < taken_.size() && taken_[i].made < done; ++i) {
      const Cycle room = std::max<Cycle>(0, taken_[i].begin - at);
      if (steps <= room) break;
      steps -= room;
      at = std::max(at, taken_[i].end);
    }
    return at + steps;
  }

 private:
  struct Taken {
    Cycle made, begin, end;
  };
  std::vector<Taken> taken_;
  std::size_t first_ = 0;
};

}  // namespace ernsim::check
