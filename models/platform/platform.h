#pragma once

#include <memory>
#include <systemc>

#include "models/accelerator/accelerator.h"
#include "models/dram/external_memory_module.h"
#include "models/platform/frame_recorder.h"
#include "models/platform/host_module.h"
#include "models/platform/run.h"

namespace ernsim {

/// The board: accelerator, DDR4 behind four ports, host, and the engine of time.
class Platform : public sc_core::sc_module, private HostListener, private FrameObserver {
 public:
  Platform(sc_core::sc_module_name name, const PlatformConfig& config, const Program& program,
           const RunOptions& options);

  /// To be called after the simulation. Throws std::runtime_error if a frame did not finish.
  RunResult result();
  std::vector<std::uint8_t>& external_bytes() { return memory_.bytes(); }

 private:
  /// Refresh would keep the memory busy for ever.
  void frames_finished() override { engine_.stop(); }
  AcceleratorOptions accelerator_options(const Program& program, const RunOptions& options);
  /// Figures are those of the first frame.
  void frame_finished(Cycle now) override;
  std::string who_waits();
  void watch(const Program& program, const RunOptions& options);
  void inject_faults(const RunOptions& options);

  const PlatformConfig& config_;
  int frames_;
  FrameRecorder recorder_;
  EngineModule engine_;
  Accelerator accelerator_;
  ExternalMemoryModule memory_;
  HostModule host_;
  sc_core::sc_signal<bool> interrupt_;
  bool finished_ = false;
  std::int64_t data_bursts_ = 0;
  std::int64_t watched_instructions_ = 0;
  Picoseconds watched_ps_ = 0;  ///< when an instruction was last seen to have finished
  RunResult result_;
};

}  // namespace ernsim
