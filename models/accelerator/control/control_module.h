#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <functional>
#include <systemc>

#include "models/accelerator/control/control.h"
#include "timing/engine_module.h"
#include "tlm/burst_initiator.h"

namespace ernsim {

/// Controller: registers behind a TLM target socket, instruction fetch through an initiator socket, interrupt out.
class ControlModule : public sc_core::sc_module, private ControlListener {
 public:
  ControlModule(sc_core::sc_module_name name, EngineModule& engine, Clock clock, const ControlConfig& config,
                std::int64_t port_width_bytes, SemaphoreBank& bank, PayloadPool& pool);

  tlm_utils::simple_target_socket<ControlModule> registers_in;
  BurstInitiator bursts_out;
  sc_core::sc_event interrupt;  ///< a frame is finished

  Control& control() { return control_; }
  /// Called when a frame starts and ends.
  std::function<void(Cycle)> on_start;
  std::function<void(Cycle)> on_finish;

 private:
  void access(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  void frame_started(Cycle now) override;
  void frame_finished(Cycle now) override;

  EngineModule& engine_;
  Control control_;
};

}  // namespace ernsim
