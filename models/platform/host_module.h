#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <deque>
#include <systemc>
#include <vector>

#include "driver/ernsim_driver.h"
#include "models/platform/host_config.h"
#include "models/platform/host_program.h"
#include "timing/clock.h"

namespace ernsim {

class HostListener {
 public:
  virtual ~HostListener() = default;
  virtual void frames_finished() = 0;
};

/// The processor. It runs driver/ernsim_driver.c: configures the accelerator, starts each frame, handles its interrupt,
/// pools the last convolution's accumulators out of external memory. Every register access, the interrupt and the
/// pooling take the time that HostConfig says. An error of the accelerator ends the simulation with an exception that
/// says which.
class HostModule : public sc_core::sc_module {
 public:
  HostModule(sc_core::sc_module_name name, const HostConfig& config, HostWork work);
  HostModule(const HostModule&) = delete;
  HostModule& operator=(const HostModule&) = delete;

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
  const ernsim_device& device(int frame) const { return devices_[static_cast<std::size_t>(frame) % devices_.size()]; }
  void start(int frame);
  void await_frame(int frame);
  void pool(int frame);

  // what the driver's bus comes to
  void await_interrupt();
  void note_interrupt();
  std::uint32_t access_register(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value);
  void access_memory(tlm::tlm_command command, std::uint64_t address, void* bytes, std::size_t count);

  HostConfig config_;
  HostWork work_;
  ernsim_bus bus_;
  std::vector<ernsim_program> programs_;
  std::vector<ernsim_device> devices_;
  HostListener* listener_ = nullptr;
  sc_core::sc_event noted_;
  std::deque<Picoseconds> interrupts_ps_;  ///< that the host has not looked at
  std::vector<Picoseconds> start_ps_, frame_ps_, frame_end_ps_;
  std::vector<float> logits_;
};

}  // namespace ernsim
