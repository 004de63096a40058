#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <functional>
#include <systemc>
#include <vector>

#include "models/platform/average_pool.h"
#include "models/platform/host_config.h"
#include "timing/clock.h"

namespace ernsim {

/// What the host writes before each frame, and what it reads after it.
struct HostProgram {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> registers;  ///< (number, value), in order; the start comes after
  int frames = 1;
  bool data = true;
  LogitMap logits;
};

/// The processor: starts the accelerator through its registers, waits for the interrupt, pools the last convolution's
/// accumulators out of external memory. Every register access, the interrupt and the pooling take the time that
/// HostConfig says.
class HostModule : public sc_core::sc_module {
 public:
  HostModule(sc_core::sc_module_name name, const HostConfig& config, HostProgram program, sc_core::sc_event& interrupt);

  tlm_utils::simple_initiator_socket<HostModule> registers_out;
  tlm_utils::simple_initiator_socket<HostModule> memory_out;

  /// Called after the last frame.
  std::function<void()> on_finished;

  const std::vector<Picoseconds>& frame_ps() const { return frame_ps_; }
  const std::vector<float>& logits() const { return logits_; }

 private:
  SC_HAS_PROCESS(HostModule);
  void run();
  void frame();
  void write_register(std::uint32_t number, std::uint32_t value);
  void pool();

  HostConfig config_;
  HostProgram program_;
  sc_core::sc_event& interrupt_;
  std::vector<Picoseconds> frame_ps_;
  std::vector<float> logits_;
};

}  // namespace ernsim
