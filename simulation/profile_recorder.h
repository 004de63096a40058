#pragma once

#include "compiler/schedule_check_access.h"
#include "models/accelerator/unit/observer.h"
#include "models/dram/dram_command.h"
#include "models/platform/platform_config.h"
#include "simulation/layer_times.h"
#include "simulation/memory_use.h"
#include "simulation/run_profile.h"
#include "simulation/time_bins.h"
#include "tlm/port_data.h"

namespace ernsim {

/// Collects a run's profile. It changes nothing in the run; its sums are the run's totals.
class ProfileRecorder : public Observer, public DramCommandObserver, public PortDataObserver {
 public:
  ProfileRecorder(const compiler::Schedule& schedule, const PlatformConfig& platform);

  void frame_started(Cycle now) override;
  void frame_finished(Cycle now) override;
  bool sees_cycles() const override { return true; }
  void spent(UnitId unit, Activity activity, std::size_t layer, Cycle begin, Cycle end) override;
  void waited(UnitId unit, StallCause cause, Cycle begin, Cycle end) override;
  void instruction(const Instruction& instruction, Cycle start, Cycle end) override;
  void dram_command(const DramCommand& command) override;
  void port_data(const PortData& data) override;

  /// After the run.
  RunProfile profile() const;

 private:
  RunProfile::Memory memory_profile(const MemoryUse& memory) const;

  std::vector<LayerTraffic> layer_traffic() const;

  const compiler::Schedule& schedule_;
  const Clock clock_;
  const Clock dram_clock_;
  const Clock port_clock_;
  const std::int64_t dram_access_bytes_;
  const Picoseconds dram_burst_ps_;
  TimeBins bins_;
  std::vector<MemoryUse> memories_;
  std::vector<compiler::Access> accesses_;
  LayerTimes layer_times_;
  std::vector<Picoseconds> dram_access_ps_;  ///< starts of accesses, from the frame's start on
  std::vector<PortData> port_data_;          ///< in cycles of the ports' clock, from the simulation's start on
  Cycle start_ = 0;
  Cycle cycles_ = 0;
  bool running_ = false;
  bool finished_ = false;
};

}  // namespace ernsim
