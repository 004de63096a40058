#include "tlm/target_port.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "timing/annotation.h"

namespace ernsim {

TargetPort::TargetPort(sc_core::sc_module_name name, std::size_t number, TargetPortSide& side, EngineModule& engine,
                       ResponseCall call)
    : sc_module(name), socket("socket"), number_(number), side_(side), engine_(engine), call_(call) {
  socket.register_nb_transport_fw(this, &TargetPort::receive);
  socket.register_b_transport(this, &TargetPort::blocking);
  socket.register_transport_dbg(this, &TargetPort::debug);
  socket.register_get_direct_mem_ptr(this, &TargetPort::direct);
  SC_METHOD(send_due);
  sensitive << look_;
  dont_initialize();
}

tlm::tlm_sync_enum TargetPort::receive(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay) {
  if (phase == tlm::BEGIN_REQ) return begin(payload, phase, delay);
  if (static_cast<unsigned>(phase) > tlm::END_RESP)
    return tlm::TLM_ACCEPTED;  // another protocol's, which may be ignored
  if (phase != tlm::END_RESP || responding_ != &payload)
    throw std::logic_error(std::string(socket.name()) + ": the initiator sent " + phase.get_name() + " out of turn");
  end_response(time_of(delay));
  if (!waiting_.empty()) look_again();
  return tlm::TLM_COMPLETED;
}

tlm::tlm_sync_enum TargetPort::begin(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) {
  if (!side_.begin(*this, payload, time_of(delay))) return tlm::TLM_COMPLETED;
  if (payload.has_mm()) payload.acquire();
  phase = tlm::END_REQ;
  return tlm::TLM_UPDATED;
}

void TargetPort::respond(tlm::tlm_generic_payload& payload, Picoseconds at_ps) {
  if (call_ == ResponseCall::ahead && responding_ == nullptr && waiting_.empty())
    return send({&payload, at_ps}, std::max(at_ps, response_free_ps_));
  waiting_.push_back({&payload, at_ps});
  if (waiting_.size() == 1 && responding_ == nullptr) look_again();
}

/// Notes when the first response that waits may be sent; it is sent by a process, not from a call of the initiator.
void TargetPort::look_again() {
  engine_.notify(look_, std::max({waiting_.front().at_ps, response_free_ps_, kernel_now_ps()}));
}

void TargetPort::send_due() {
  while (responding_ == nullptr && !waiting_.empty()) {
    const Response first = waiting_.front();
    if (std::max(first.at_ps, response_free_ps_) > kernel_now_ps()) return look_again();
    waiting_.pop_front();
    send(first, kernel_now_ps());
  }
}

void TargetPort::send(const Response& response, Picoseconds at_ps) {
  responding_ = response.payload;
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay = delay_until(at_ps);
  const tlm::tlm_sync_enum answer = socket->nb_transport_bw(*response.payload, phase, delay);
  if (answer != tlm::TLM_ACCEPTED && responding_ == response.payload) end_response(time_of(delay));
}

void TargetPort::end_response(Picoseconds at_ps) {
  tlm::tlm_generic_payload& payload = *responding_;
  responding_ = nullptr;
  response_free_ps_ = at_ps;
  if (payload.has_mm()) payload.release();
}

}  // namespace ernsim
