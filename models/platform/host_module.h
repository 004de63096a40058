#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <deque>
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

class HostListener {
 public:
  virtual ~HostListener() = default;
  virtual void frames_finished() = 0;
};

/// The processor: starts the accelerator through its registers, waits for the interrupt, pools the last convolution's
/// accumulators out of external memory. Every register access, the interrupt and the pooling take the time that
/// HostConfig says. An error of the accelerator ends the simulation with an exception that says which.
class HostModule : public sc_core::sc_module {
 public:
  HostModule(sc_core::sc_module_name name, const HostConfig& config, HostProgram program);

  tlm_utils::simple_initiator_socket<HostModule> registers_out;
  tlm_utils::simple_initiator_socket<HostModule> memory_out;
  sc_core::sc_in<bool> interrupt_in;

  /// Who is told after the last frame; null: nobody.
  void report_to(HostListener* listener) { listener_ = listener; }

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
  std::uint32_t read_register(std::uint32_t number);
  void access_register(tlm::tlm_command command, std::uint32_t number, std::uint32_t& value);
  bool accelerator_failed();
  [[noreturn]] void refuse_frame();
  void pool(int frame);

  HostConfig config_;
  HostProgram program_;
  HostListener* listener_ = nullptr;
  sc_core::sc_event noted_;
  std::deque<Picoseconds> interrupts_ps_;  ///< that the host has not looked at
  std::vector<Picoseconds> start_ps_, frame_ps_, frame_end_ps_;
  std::vector<float> logits_;
};

}  // namespace ernsim
