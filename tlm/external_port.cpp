#include "tlm/external_port.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "timing/annotation.h"

namespace ernsim {

ExternalPort::ExternalPort(sc_core::sc_module_name name, ExternalPortSide& side)
    : sc_module(name), socket("socket"), side_(side) {
  socket.register_nb_transport_bw(this, &ExternalPort::receive);
  SC_METHOD(send_waiting);
  sensitive << request_free_;
  dont_initialize();
}

void ExternalPort::use_blocking() { blocking_ = true; }

void ExternalPort::before_end_of_elaboration() {
  if (blocking_) SC_THREAD(serve);
}

void ExternalPort::serve() {
  while (true) {
    while (waiting_.empty()) wait(request_free_);
    const Request request = waiting_.front();
    waiting_.pop_front();
    call(request);
  }
}

void ExternalPort::call(const Request& request) {
  sc_core::sc_time delay = delay_until(std::max(request.begin_ps, kernel_now_ps()));
  if (delay > tlm::tlm_global_quantum::instance().get()) {
    wait(delay);
    delay = sc_core::SC_ZERO_TIME;
  }
  socket->b_transport(*request.payload, delay);
  side_.answered(*request.payload, time_of(delay));
}

void ExternalPort::send(tlm::tlm_generic_payload& payload, Picoseconds begin_ps) {
  if (!blocking_ && requested_ == nullptr && waiting_.empty()) return send({&payload, begin_ps});
  waiting_.push_back({&payload, begin_ps});
  if (blocking_) {
    request_free_.notify(sc_core::SC_ZERO_TIME);
    if (engine_ != nullptr) engine_->called_out();
    return;
  }
  send_waiting();
}

void ExternalPort::send_waiting() {
  while (!blocking_ && requested_ == nullptr && !waiting_.empty()) {
    const Request first = waiting_.front();
    waiting_.pop_front();
    send(first);
  }
}

void ExternalPort::send(const Request& request) {
  requested_ = request.payload;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay = delay_until(std::max({request.begin_ps, request_free_ps_, kernel_now_ps()}));
  const tlm::tlm_sync_enum answer = socket->nb_transport_fw(*request.payload, phase, delay);
  if (engine_ != nullptr) engine_->called_out();
  if (answer == tlm::TLM_ACCEPTED) return;
  end_request(time_of(delay));
  if (answer == tlm::TLM_COMPLETED) {
    side_.answered(*request.payload, time_of(delay));
  } else if (phase == tlm::BEGIN_RESP) {
    end_response(*request.payload, time_of(delay));
  } else if (phase != tlm::END_REQ) {
    refuse(phase);
  }
}

void ExternalPort::end_request(Picoseconds at_ps) {
  requested_ = nullptr;
  request_free_ps_ = at_ps;
}

/// BEGIN_RESP came as a return value: END_RESP is a call of its own.
void ExternalPort::end_response(tlm::tlm_generic_payload& payload, Picoseconds at_ps) {
  side_.answered(payload, at_ps);
  tlm::tlm_phase phase = tlm::END_RESP;
  sc_core::sc_time delay = delay_until(at_ps);
  socket->nb_transport_fw(payload, phase, delay);
}

tlm::tlm_sync_enum ExternalPort::receive(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                         sc_core::sc_time& delay) {
  const Picoseconds at_ps = time_of(delay);
  if (phase != tlm::END_REQ && phase != tlm::BEGIN_RESP) refuse(phase);
  // A response to the request under way says that it was taken, too.
  if (requested_ == &payload) {
    end_request(at_ps);
    if (!waiting_.empty()) request_free_.notify(delay_until(at_ps));
  } else if (phase == tlm::END_REQ) {
    refuse(phase);
  }
  if (phase == tlm::END_REQ) return tlm::TLM_ACCEPTED;
  side_.answered(payload, at_ps);
  return tlm::TLM_COMPLETED;
}

void ExternalPort::refuse(const tlm::tlm_phase& phase) const {
  throw std::logic_error(std::string(socket.name()) + ": the target answered with " + phase.get_name() +
                         " out of turn");
}

}  // namespace ernsim
