#pragma once

#include <tlm_utils/simple_target_socket.h>

#include "timing/engine_module.h"
#include "timing/fifo.h"

namespace ernsim {

class TargetPort;

/// What stands behind a TargetPort.
class TargetPortSide {
 public:
  virtual ~TargetPortSide() = default;
  /// A transaction begins at `at_ps`. True: TargetPort::respond() follows. False: it is done already, with a status.
  virtual bool begin(TargetPort& port, tlm::tlm_generic_payload& payload, Picoseconds at_ps) = 0;
  /// Blocking transport; may wait.
  virtual void blocking(TargetPort& port, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) = 0;
  virtual unsigned debug(tlm::tlm_generic_payload& payload) = 0;
  virtual bool direct(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& region) = 0;
};

/// When a TargetPort calls an initiator.
enum class ResponseCall {
  at_its_time,  ///< when the kernel's time is that of the response: for any initiator
  ahead,        ///< at once, annotated: for initiators that the port's own engine advances
};

/// A target socket for any initiator of the base protocol. A request is taken at once (END_REQ as a return value), or
/// completed at once if it is an error; responses come one at a time, in the order in which they are given, and the
/// next one waits for END_RESP.
class TargetPort : public sc_core::sc_module {
 public:
  TargetPort(sc_core::sc_module_name name, std::size_t number, TargetPortSide& side, EngineModule& engine,
             ResponseCall call);

  tlm_utils::simple_target_socket<TargetPort> socket;

  std::size_t number() const { return number_; }
  /// The response to a transaction that has begun, at `at_ps` or when those before it have ended.
  void respond(tlm::tlm_generic_payload& payload, Picoseconds at_ps);

 private:
  SC_HAS_PROCESS(TargetPort);
  struct Response {
    tlm::tlm_generic_payload* payload;
    Picoseconds at_ps;
  };

  tlm::tlm_sync_enum receive(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  tlm::tlm_sync_enum begin(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  void blocking(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) { side_.blocking(*this, payload, delay); }
  unsigned debug(tlm::tlm_generic_payload& payload) { return side_.debug(payload); }
  bool direct(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& region) { return side_.direct(payload, region); }
  void send_due();
  void send(const Response& response, Picoseconds at_ps);
  void end_response(Picoseconds at_ps);
  void look_again();

  std::size_t number_;
  TargetPortSide& side_;
  EngineModule& engine_;
  ResponseCall call_;
  Fifo<Response> waiting_;
  tlm::tlm_generic_payload* responding_ = nullptr;  ///< its END_RESP is still to come
  Picoseconds response_free_ps_ = 0;                ///< the next response begins then at the earliest
  sc_core::sc_event look_;
};

}  // namespace ernsim
