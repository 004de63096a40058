#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <systemc>

#include "models/accelerator/control/control.h"

namespace ernsim {

/// The registers behind a plain TLM-2.0 target socket, loosely timed: 4 or 8 bytes at a multiple of as many, byte
/// enables, debug transport of any bytes. A write takes effect at the first clock edge after its annotated time, a read
/// sees what was written before. A wrong size or alignment is TLM_BURST_ERROR_RESPONSE, an address without a register
/// TLM_ADDRESS_ERROR_RESPONSE. Writes to registers that are only read are taken and do nothing.
class RegisterTargetModule : public sc_core::sc_module {
 public:
  RegisterTargetModule(sc_core::sc_module_name name, Control& control);

  tlm_utils::simple_target_socket<RegisterTargetModule> socket;

 private:
  void access(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  unsigned debug(tlm::tlm_generic_payload& payload);
  void read(tlm::tlm_generic_payload& payload, Cycle at) const;
  void write(const tlm::tlm_generic_payload& payload, Cycle visible);
  /// The first edge after the time that a delay annotation stands for, or the first that is still to come.
  Cycle edge_after(const sc_core::sc_time& delay) const;

  Control& control_;
};

}  // namespace ernsim
