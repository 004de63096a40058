#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <deque>
#include <functional>
#include <optional>
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
  /// Of every other frame, so that one can be pooled while the next is at work.
  struct SecondMap {
    std::pair<std::uint32_t, std::uint32_t> register_write;  ///< in place of that register's value
    std::uint32_t address = 0;
  };
  std::optional<SecondMap> second;  ///< none: a frame begins when the one before is pooled
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
  const std::vector<Picoseconds>& frame_end_ps() const { return frame_end_ps_; }
  const std::vector<float>& logits() const { return logits_; }

 private:
  SC_HAS_PROCESS(HostModule);
  void run();
  void start(int frame);
  void await_interrupt();
  void note_interrupt();
  void write_register(std::uint32_t number, std::uint32_t value);
  void pool(int frame);

  HostConfig config_;
  HostProgram program_;
  sc_core::sc_event noted_;
  std::deque<Picoseconds> interrupts_ps_;  ///< that the host has not looked at
  std::vector<Picoseconds> start_ps_, frame_ps_, frame_end_ps_;
  std::vector<float> logits_;
};

}  // namespace ernsim
