#pragma once

#include <string>
#include <vector>

#include "traces/wave_plan.h"

namespace ernsim::traces {

/// A file of waveforms: takes each signal's changes in the order of time.
class WaveSink {
 public:
  virtual ~WaveSink() = default;
  virtual void declare(const std::vector<WaveSignal>& signals) = 0;
  /// Later than the time before; the first one is 0, and has a value of every signal.
  virtual void time(Picoseconds now) = 0;
  /// `bits`: one character each, 0, 1 or x, the highest first.
  virtual void change(std::size_t signal, const std::string& bits) = 0;
  /// Nothing follows.
  virtual void finish() {}
};

/// Writes the beats of a trace into `sink`: a beat in cycle c is there from the clock's c-th rising edge, at c clock
/// periods, to the next one. A signal has one value in a cycle: `valid` falls only in cycles without a beat. Address
/// and data hold until the next beat; they are x before the first one, and all signals are x before cycle `first`, from
/// which the trace holds anything. Ends behind the last beat's cycle, where `valid` falls.
void write_waves(const Reader& trace, const WavePlan& plan, Cycle first, WaveSink& sink);

}  // namespace ernsim::traces
