#pragma once

#include <memory>
#include <vector>

#include "models/accelerator/unit/observer.h"
#include "models/dram/dram_module.h"
#include "models/platform/run.h"
#include "models/traffic/traffic_module.h"

namespace ernsim {

/// The platform's other users of the memory, and what they and the memory do from the first frame's start to its end.
class TrafficAccount : public Observer {
 public:
  /// Their ports of the controller begin at `first_port`.
  TrafficAccount(Clock clock, std::size_t first_port) : clock_(clock), first_port_(first_port) {}

  /// Makes a source; it is advanced by `engine` and bound to a socket of `memory`.
  void add(const TrafficConfig& config, EngineModule& engine, Dram& memory, std::size_t socket);
  void frame_started(Cycle now) override;
  /// The first frame ends: writes its figures. Without traffic those of the memory are as they were from time 0.
  void collect(Cycle now, Dram& memory, RunResult& result) const;

 private:
  struct Source {
    std::unique_ptr<TrafficGenerator> generator;
    PortBytes bytes;  ///< at the frame's start
    TrafficProgress progress;
  };

  TrafficResult result_of(const Source& source, const PortBytes& bytes, Picoseconds end_ps) const;

  Clock clock_;
  std::size_t first_port_;
  Dram* memory_ = nullptr;
  std::vector<Source> sources_;
  bool started_ = false;
  Picoseconds start_ps_ = 0;
  DramStatistics dram_;  ///< at the frame's start
};

}  // namespace ernsim
