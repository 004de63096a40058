#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include "timing/engine_module.h"
#include "timing/fifo.h"

namespace ernsim {

/// Whom a ExternalPort serves.
class ExternalPortSide {
 public:
  virtual ~ExternalPortSide() = default;
  /// The memory is done with a transaction at `done_ps`, not before the kernel's now.
  virtual void answered(tlm::tlm_generic_payload& payload, Picoseconds done_ps) = 0;
};

/// An initiator socket to a memory that is anybody's: base protocol, approximately timed, or loosely timed if asked
/// for. It takes every legal answer: BEGIN_REQ may be accepted now and END_REQ come later, which holds back the next
/// request; END_REQ may be left out; BEGIN_RESP may come at once, later, and in any order; the transaction may be
/// completed at once.
class ExternalPort : public sc_core::sc_module {
 public:
  ExternalPort(sc_core::sc_module_name name, ExternalPortSide& side);

  tlm_utils::simple_initiator_socket<ExternalPort> socket;

  /// To be called before the simulation: transactions go by b_transport, one after the other, ahead of the kernel's
  /// time by the global quantum at most. A target that waits holds back those behind; one that only annotates its delay
  /// does not.
  void use_blocking();
  /// Sends a transaction that begins at `begin_ps`, not before those sent earlier, or when the target takes it.
  void send(tlm::tlm_generic_payload& payload, Picoseconds begin_ps);
  /// From now on `engine` looks up what else is due after each call of the target.
  void calls_out_of(EngineModule& engine) { engine_ = &engine; }

 private:
  SC_HAS_PROCESS(ExternalPort);
  struct Request {
    tlm::tlm_generic_payload* payload;
    Picoseconds begin_ps;
  };

  tlm::tlm_sync_enum receive(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  void before_end_of_elaboration() override;
  void send_waiting();
  void serve();
  void call(const Request& request);
  void send(const Request& request);
  void end_request(Picoseconds at_ps);
  void end_response(tlm::tlm_generic_payload& payload, Picoseconds at_ps);
  [[noreturn]] void refuse(const tlm::tlm_phase& phase) const;

  ExternalPortSide& side_;
  EngineModule* engine_ = nullptr;
  bool blocking_ = false;
  Fifo<Request> waiting_;
  tlm::tlm_generic_payload* requested_ = nullptr;  ///< its END_REQ is still to come
  Picoseconds request_free_ps_ = 0;                ///< the next request begins then at the earliest
  sc_core::sc_event request_free_;                 ///< requests that wait are sent by a process, not from a call back
};

}  // namespace ernsim
