#include "tests/support/foreign_memory.h"

#include <cstring>

namespace ernsim::test {

int Note::alive = 0;

ForeignMemory::ForeignMemory(sc_core::sc_module_name name, std::size_t sockets, std::size_t size_bytes, Answer answer,
                             unsigned seed)
    : sc_module(name),
      bytes(size_bytes),
      answer_(answer),
      random_(seed),
      requests_("requests"),
      responses_("responses"),
      open_request_(sockets, nullptr),
      response_end_(sockets) {
  for (std::size_t i = 0; i < sockets; ++i) {
    in.push_back(std::make_unique<Target>(sc_core::sc_gen_unique_name("in")));
    in[i]->register_nb_transport_fw(this, &ForeignMemory::receive, static_cast<int>(i));
    in[i]->register_transport_dbg(this, &ForeignMemory::debug, static_cast<int>(i));
  }
  SC_METHOD(end_requests);
  sensitive << requests_.get_event();
  dont_initialize();
  SC_METHOD(respond);
  sensitive << responses_.get_event();
  dont_initialize();
}

sc_core::sc_time ForeignMemory::draw(int least_ns, int most_ns) {
  return sc_core::sc_time(std::uniform_int_distribution<int>(1000 * least_ns, 1000 * most_ns)(random_), sc_core::SC_PS);
}

Answer ForeignMemory::draw_answer() {
  if (answer_ != Answer::any) return answer_;
  return static_cast<Answer>(std::uniform_int_distribution<int>(0, static_cast<int>(Answer::any) - 1)(random_));
}

void ForeignMemory::move(tlm::tlm_generic_payload& payload) {
  const auto address = static_cast<std::size_t>(payload.get_address());
  if (address + payload.get_data_length() > bytes.size()) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  if (payload.is_read())
    std::memcpy(payload.get_data_ptr(), bytes.data() + address, payload.get_data_length());
  else
    std::memcpy(bytes.data() + address, payload.get_data_ptr(), payload.get_data_length());
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

unsigned ForeignMemory::debug(int, tlm::tlm_generic_payload& payload) {
  move(payload);
  return payload.is_response_ok() ? payload.get_data_length() : 0;
}

tlm::tlm_sync_enum ForeignMemory::receive(int socket, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                          sc_core::sc_time& delay) {
  if (phase == tlm::BEGIN_REQ) return begin(static_cast<std::size_t>(socket), payload, phase, delay);
  const auto live = live_.find(&payload);
  if (phase != tlm::END_RESP || live == live_.end() || live->second.answer != Answer::response_at_once) ++breaches;
  response_end_[static_cast<std::size_t>(socket)] = sc_core::sc_time_stamp() + delay;
  live_.erase(&payload);
  payload.release();
  return tlm::TLM_COMPLETED;
}

tlm::tlm_sync_enum ForeignMemory::begin(std::size_t socket, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                        sc_core::sc_time& delay) {
  if (open_request_[socket] != nullptr || live_.count(&payload) == 1) ++breaches;
  if (payload.get_extension<Note>() != nullptr) ++breaches;
  payload.set_auto_extension(new Note);
  const Answer answer = draw_answer();
  if (answer == Answer::completed) {
    move(payload);
    delay += draw(20, 200);
    return tlm::TLM_COMPLETED;
  }
  payload.acquire();
  live_[&payload] = {socket, ++requested_, answer};
  switch (answer) {
    case Answer::end_request_at_once:
      responses_.notify(payload, delay + draw(20, 200));
      phase = tlm::END_REQ;
      return tlm::TLM_UPDATED;
    case Answer::end_request_later:
      open_request_[socket] = &payload;
      requests_.notify(payload, delay + draw(0, 30));
      return tlm::TLM_ACCEPTED;
    case Answer::response_later:
      open_request_[socket] = &payload;
      responses_.notify(payload, delay + draw(20, 200));
      return tlm::TLM_ACCEPTED;
    default:
      move(payload);
      delay += draw(20, 200);
      response_end_[socket] = sc_core::sc_max_time();
      phase = tlm::BEGIN_RESP;
      return tlm::TLM_UPDATED;
  }
}

void ForeignMemory::end_requests() {
  while (auto* payload = requests_.get_next_transaction()) {
    const std::size_t socket = live_.at(payload).socket;
    open_request_[socket] = nullptr;
    responses_.notify(*payload, draw(20, 200));
    tlm::tlm_phase phase = tlm::END_REQ;
    sc_core::sc_time delay;
    if ((*in[socket])->nb_transport_bw(*payload, phase, delay) != tlm::TLM_ACCEPTED) ++breaches;
  }
}

void ForeignMemory::respond() {
  while (auto* payload = responses_.get_next_transaction()) {
    const Live live = live_.at(payload);
    if (sc_core::sc_time_stamp() < response_end_[live.socket]) {
      responses_.notify(*payload, draw(1, 20));
      continue;
    }
    if (live.number < last_answered_) ++out_of_order;
    last_answered_ = std::max(last_answered_, live.number);
    move(*payload);
    if (open_request_[live.socket] == payload) open_request_[live.socket] = nullptr;
    live_.erase(payload);
    tlm::tlm_phase phase = tlm::BEGIN_RESP;
    sc_core::sc_time delay;
    if ((*in[live.socket])->nb_transport_bw(*payload, phase, delay) != tlm::TLM_COMPLETED) ++breaches;
    payload->release();
  }
}

}  // namespace ernsim::test
