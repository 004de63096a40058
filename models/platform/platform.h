#pragma once

#include <memory>
#include <systemc>

#include "models/accelerator/accelerator.h"
#include "models/dram/dram_module.h"
#include "models/platform/frame_recorder.h"
#include "models/platform/host_module.h"
#include "models/platform/run.h"
#include "models/platform/traffic_account.h"

namespace ernsim {

/// The board: accelerator, DDR4 behind its ports, host, other users of the memory, and the engine of time.
class Platform : public sc_core::sc_module, private HostListener, private FrameObserver, private DataGate {
 public:
  Platform(sc_core::sc_module_name name, const PlatformConfig& config, const Program& program,
           const RunOptions& options);

  /// To be called after the simulation. Throws std::runtime_error if a frame did not finish.
  RunResult result();
  ByteStore& external_bytes() { return memory_.bytes(); }

 private:
  void frames_finished() override;
  AcceleratorOptions accelerator_options(const Program& program, const RunOptions& options);
  /// Figures are those of the first frame.
  void frame_finished(Cycle now) override;
  std::string who_waits();
  void watch(const Program& program, const RunOptions& options);
  void bind_memory();
  bool moves(const tlm::tlm_generic_payload& payload) override;

  const PlatformConfig& config_;
  int frames_;
  TrafficAccount traffic_;
  FrameRecorder recorder_;
  EngineModule engine_;
  Accelerator accelerator_;
  Dram memory_;
  HostModule host_;
  sc_core::sc_signal<bool> interrupt_;
  bool finished_ = false;
  const bool data_;
  const std::int64_t drop_burst_;
  std::int64_t data_bursts_ = 0;
  std::int64_t watched_instructions_ = 0;
  Picoseconds watched_ps_ = 0;  ///< when an instruction was last seen to have finished
  RunResult result_;
};

}  // namespace ernsim
