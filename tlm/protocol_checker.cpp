#include "tlm/protocol_checker.h"

#include <fmt/format.h>

#include "timing/annotation.h"

namespace ernsim {

namespace {

/// Finds out whether a call waits.
class Moment {
 public:
  bool passed() const { return sc_core::sc_delta_count() != delta_ || sc_core::sc_time_stamp() != time_; }

 private:
  sc_dt::uint64 delta_ = sc_core::sc_delta_count();
  sc_core::sc_time time_ = sc_core::sc_time_stamp();
};

/// Keeps a payload that its owner may give away in the call.
class Hold {
 public:
  explicit Hold(tlm::tlm_generic_payload& payload)
      : payload_(payload.has_mm() && payload.get_ref_count() > 0 ? &payload : nullptr) {
    if (payload_ != nullptr) payload_->acquire();
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() {
    if (payload_ != nullptr) payload_->release();
  }

 private:
  tlm::tlm_generic_payload* payload_;
};

bool in_method() { return sc_core::sc_get_current_process_handle().proc_kind() == sc_core::SC_METHOD_PROC_; }

}  // namespace

ProtocolChecker::ProtocolChecker(sc_core::sc_module_name name) : sc_module(name), in("in"), out("out") {
  in.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  out.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
}

void ProtocolChecker::b_transport(Payload& payload, sc_core::sc_time& delay) {
  if (in_method()) rules_.broken(payload, kernel_now_ps(), "a method calls b_transport");
  rules_.blocking(payload, time_of(delay));
  out->b_transport(payload, delay);
  rules_.blocking_returned(payload, time_of(delay));
}

tlm::tlm_sync_enum ProtocolChecker::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  const Moment moment;
  const Hold hold(payload);
  const PhaseAt call{phase, time_of(delay)};
  rules_.forward(payload, call);
  const tlm::tlm_sync_enum status = out->nb_transport_fw(payload, phase, delay);
  rules_.forward_returned(payload, call, status, {phase, time_of(delay)});
  if (moment.passed()) rules_.broken(payload, kernel_now_ps(), "the target waits in nb_transport_fw");
  return status;
}

tlm::tlm_sync_enum ProtocolChecker::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  const Moment moment;
  const Hold hold(payload);
  const PhaseAt call{phase, time_of(delay)};
  rules_.backward(payload, call);
  const tlm::tlm_sync_enum status = in->nb_transport_bw(payload, phase, delay);
  rules_.backward_returned(payload, call, status, {phase, time_of(delay)});
  if (moment.passed()) rules_.broken(payload, kernel_now_ps(), "the initiator waits in nb_transport_bw");
  return status;
}

unsigned ProtocolChecker::transport_dbg(Payload& payload) {
  const Moment moment;
  const unsigned bytes = out->transport_dbg(payload);
  rules_.debug_returned(payload, bytes);
  if (moment.passed()) rules_.broken(payload, kernel_now_ps(), "debug transport takes time");
  return bytes;
}

bool ProtocolChecker::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& region) {
  const Moment moment;
  const bool granted = out->get_direct_mem_ptr(payload, region);
  rules_.direct_returned(payload, granted, region);
  if (moment.passed()) rules_.broken(payload, kernel_now_ps(), "asking for DMI takes time");
  return granted;
}

void ProtocolChecker::invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) {
  rules_.invalidated(first, last);
  in->invalidate_direct_mem_ptr(first, last);
}

}  // namespace ernsim
