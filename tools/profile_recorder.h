#pragma once

#include "compiler/schedule_check_access.h"
#include "models/control/observer.h"
#include "models/dram/dram_command.h"
#include "models/platform/platform_config.h"
#include "tools/memory_use.h"
#include "tools/run_profile.h"
#include "tools/time_bins.h"

namespace ernsim::tools {

/// Collects a run's profile. It changes nothing in the run; its sums are the run's totals.
class ProfileRecorder : public Observer {
 public:
  ProfileRecorder(const compiler::Schedule& schedule, const PlatformConfig& platform);

  void frame_started(Cycle now) override;
  void frame_finished(Cycle now) override;
  bool sees_cycles() const override { return true; }
  void spent(UnitId unit, Activity activity, Cycle begin, Cycle end) override;
  void instruction(const Instruction& instruction, Cycle start, Cycle end) override;
  /// For RunOptions::dram_command.
  void dram_command(const DramCommand& command);

  /// After the run.
  RunProfile profile() const;

 private:
  RunProfile::Memory memory_profile(const MemoryUse& memory) const;

  const compiler::Schedule& schedule_;
  const Clock clock_;
  const Clock dram_clock_;
  const std::int64_t dram_access_bytes_;
  TimeBins bins_;
  std::vector<MemoryUse> memories_;
  std::vector<compiler::Access> accesses_;
  Cycle start_ = 0;
  Cycle cycles_ = 0;
  bool running_ = false;
  bool finished_ = false;
};

}  // namespace ernsim::tools
