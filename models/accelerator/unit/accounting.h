#pragma once

#include <vector>

#include "models/accelerator/unit/observer.h"
#include "models/accelerator/unit/port_observer.h"
#include "models/accelerator/unit/statistics.h"

namespace ernsim {

/// What one unit did for one layer.
struct LayerAccount {
  Cycle busy_cycles = 0;
  EnumArray<StallCause, Cycle> stalled_cycles{};
  std::int64_t dram_bytes = 0;  ///< column accesses of its bursts
  Work work;
};

/// Books every cycle of a unit exactly once: a cursor moves forward, and what it passes over is busy, stalled or idle.
class Accounting {
 public:
  /// Passes on every booking of `unit` if the observer wants them.
  void observe(UnitId unit, Observer* observer);
  void begin(Cycle now, std::size_t layer_count);
  /// Ends the frame.
  void close() { report_stall(); }
  /// `ports` is told of every time without work, once it is over.
  void observe(PortObserver& ports, Port port) {
    ports_ = &ports;
    port_ = port;
  }

  void busy(Cycle until, std::size_t layer);
  void stalled(StallCause cause, Cycle until, std::size_t layer);
  void idle(Cycle until);
  /// An instruction is finished, and took so much.
  void instruction(const Work& work, std::size_t layer) {
    ++statistics_.instructions;
    statistics_.work += work;
    if (layer < layers_.size()) layers_[layer].work += work;
  }
  void traffic(std::int64_t dram_bytes, std::size_t layer) {
    if (layer < layers_.size()) layers_[layer].dram_bytes += dram_bytes;
  }

  Cycle cursor() const { return cursor_; }
  const UnitStatistics& statistics() const { return statistics_; }
  const std::vector<LayerAccount>& layers() const { return layers_; }

 private:
  /// A time of waiting for one cause, not interrupted by work or another cause.
  struct Stall {
    StallCause cause = StallCause::none;
    Cycle begin = 0, end = 0;
  };

  void extend_stall(StallCause cause, Cycle cycles);
  void report_stall();
  Cycle pass(Cycle until, Activity activity, std::size_t layer);

  Observer* observer_ = nullptr;
  UnitId unit_ = UnitId::load_activations;
  Cycle cursor_ = 0;
  UnitStatistics statistics_;
  std::vector<LayerAccount> layers_;
  PortObserver* ports_ = nullptr;
  Port port_ = Port::stall;
  Stall stall_;  ///< the last one, not yet reported
};

}  // namespace ernsim
