#include "tlm/protocol_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace ernsim {

namespace {

bool of_base_protocol(const tlm::tlm_phase& phase) { return static_cast<unsigned>(phase) <= tlm::END_RESP; }

}  // namespace

void ProtocolRules::say(const std::string& text) {
  if (violations_.size() < most_kept) violations_.push_back(text);
}

void ProtocolRules::broken(const Payload& payload, Picoseconds at_ps, const std::string& what) {
  say(fmt::format("{} at {} ps: {}", text_of(payload), at_ps, what));
}

ProtocolRules::Transaction* ProtocolRules::find(const Payload& payload, const PhaseAt& call) {
  const auto found = open_.find(&payload);
  if (found != open_.end() && found->second.state != State::blocking) return &found->second;
  broken(payload, call.at_ps, fmt::format("{} of a transaction that is not under way", call.phase.get_name()));
  return nullptr;
}

void ProtocolRules::check_held(const Payload& payload, Picoseconds at_ps) {
  if (!payload.has_mm())
    broken(payload, at_ps, "the payload of a non-blocking call has no memory manager");
  else if (payload.get_ref_count() < 1)
    broken(payload, at_ps, "the payload is not held: its reference count is 0");
}

void ProtocolRules::check_status(const Payload& payload, Picoseconds at_ps) {
  if (payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE)
    broken(payload, at_ps, "the response has no status");
}

/// What holds at every step of a transaction.
void ProtocolRules::check_step(const Payload& payload, Transaction& transaction, Picoseconds at_ps) {
  if (at_ps < transaction.at_ps)
    broken(payload, at_ps, fmt::format("time goes back: its last phase was at {} ps", transaction.at_ps));
  transaction.at_ps = std::max(transaction.at_ps, at_ps);
  const std::string changed = transaction.attributes.changed_in(payload);
  if (changed.empty()) return;
  broken(payload, at_ps, fmt::format("the {} has changed", changed));
  transaction.attributes = PayloadAttributes(payload);
}

void ProtocolRules::begin(const Payload& payload, Picoseconds at_ps, State state) {
  const std::string fault = fault_at_begin(payload);
  if (!fault.empty()) broken(payload, at_ps, fault);
  if (open_.erase(&payload) > 0) broken(payload, at_ps, "the payload is used again before its transaction has ended");
  open_.emplace(&payload, Transaction{state, PayloadAttributes(payload), at_ps});
}

void ProtocolRules::begin_request(const Payload& payload, Picoseconds at_ps) {
  if (request_.holder != nullptr)
    broken(payload, at_ps, "BEGIN_REQ before the request before it has ended");
  else if (at_ps < request_.free_ps)
    broken(payload, at_ps,
           fmt::format("BEGIN_REQ at a time before the end of the last request, {} ps", request_.free_ps));
  begin(payload, at_ps, State::requested);
  request_.holder = &payload;
}

void ProtocolRules::end_request(const Payload& payload, Transaction& transaction, Picoseconds at_ps) {
  if (transaction.state != State::requested) return broken(payload, at_ps, "END_REQ out of turn");
  transaction.state = State::accepted;
  if (request_.holder == &payload) request_ = {nullptr, at_ps};
}

void ProtocolRules::begin_response(const Payload& payload, Transaction& transaction, Picoseconds at_ps) {
  if (transaction.state == State::responding) return broken(payload, at_ps, "BEGIN_RESP out of turn");
  if (transaction.state == State::requested) end_request(payload, transaction, at_ps);
  if (response_.holder != nullptr)
    broken(payload, at_ps, "BEGIN_RESP before the response before it has ended");
  else if (at_ps < response_.free_ps)
    broken(payload, at_ps,
           fmt::format("BEGIN_RESP at a time before the end of the last response, {} ps", response_.free_ps));
  check_status(payload, at_ps);
  transaction.state = State::responding;
  response_.holder = &payload;
}

void ProtocolRules::end_response(const Payload& payload, Picoseconds at_ps) {
  if (response_.holder == &payload) response_ = {nullptr, std::max(at_ps, response_.free_ps)};
  open_.erase(&payload);
}

/// TLM_COMPLETED on the forward path stands for all that is to come.
void ProtocolRules::complete(const Payload& payload, Transaction& transaction, Picoseconds at_ps) {
  if (transaction.state == State::requested) end_request(payload, transaction, at_ps);
  check_status(payload, at_ps);
  open_.erase(&payload);
}

/// TLM_ACCEPTED says nothing: what the caller passed is as it was.
void ProtocolRules::check_untouched(const Payload& payload, const PhaseAt& call, const PhaseAt& now) {
  if (now.phase != call.phase) broken(payload, now.at_ps, "TLM_ACCEPTED with another phase");
  if (now.at_ps != call.at_ps) broken(payload, now.at_ps, "TLM_ACCEPTED with another delay");
}

void ProtocolRules::forward(const Payload& payload, const PhaseAt& call) {
  if (!of_base_protocol(call.phase)) return;
  check_held(payload, call.at_ps);
  if (call.phase == tlm::BEGIN_REQ) return begin_request(payload, call.at_ps);
  if (call.phase != tlm::END_RESP)
    return broken(payload, call.at_ps, fmt::format("{} on the forward path", call.phase.get_name()));
  Transaction* transaction = find(payload, call);
  if (transaction == nullptr) return;
  check_step(payload, *transaction, call.at_ps);
  if (transaction->state != State::responding) return broken(payload, call.at_ps, "END_RESP out of turn");
  end_response(payload, call.at_ps);
}

/// A phase that came as a return value of BEGIN_REQ.
void ProtocolRules::take(const Payload& payload, Transaction& transaction, const PhaseAt& now) {
  if (now.phase == tlm::END_REQ)
    end_request(payload, transaction, now.at_ps);
  else if (now.phase == tlm::BEGIN_RESP)
    begin_response(payload, transaction, now.at_ps);
  else
    broken(payload, now.at_ps, fmt::format("BEGIN_REQ is answered with {}", now.phase.get_name()));
}

void ProtocolRules::forward_returned(const Payload& payload, const PhaseAt& call, tlm::tlm_sync_enum status,
                                     const PhaseAt& now) {
  if (!of_base_protocol(call.phase)) return;
  if (status == tlm::TLM_ACCEPTED) return check_untouched(payload, call, now);
  if (call.phase == tlm::END_RESP) {
    if (status == tlm::TLM_UPDATED) broken(payload, now.at_ps, "END_RESP is answered with TLM_UPDATED");
    return;
  }
  const auto found = open_.find(&payload);
  if (found == open_.end()) return broken(payload, now.at_ps, "the target answers what has ended");
  check_step(payload, found->second, now.at_ps);
  if (status == tlm::TLM_COMPLETED) return complete(payload, found->second, now.at_ps);
  take(payload, found->second, now);
}

void ProtocolRules::backward(const Payload& payload, const PhaseAt& call) {
  if (!of_base_protocol(call.phase)) return;
  check_held(payload, call.at_ps);
  if (call.phase != tlm::END_REQ && call.phase != tlm::BEGIN_RESP)
    return broken(payload, call.at_ps, fmt::format("{} on the backward path", call.phase.get_name()));
  Transaction* transaction = find(payload, call);
  if (transaction == nullptr) return;
  check_step(payload, *transaction, call.at_ps);
  if (call.phase == tlm::END_REQ) return end_request(payload, *transaction, call.at_ps);
  begin_response(payload, *transaction, call.at_ps);
}

void ProtocolRules::backward_returned(const Payload& payload, const PhaseAt& call, tlm::tlm_sync_enum status,
                                      const PhaseAt& now) {
  if (!of_base_protocol(call.phase)) return;
  if (status == tlm::TLM_ACCEPTED) return check_untouched(payload, call, now);
  if (call.phase != tlm::BEGIN_RESP)
    return broken(payload, now.at_ps, "END_REQ is answered with more than TLM_ACCEPTED");
  if (status == tlm::TLM_UPDATED && now.phase != tlm::END_RESP)
    broken(payload, now.at_ps, fmt::format("BEGIN_RESP is answered with {}", now.phase.get_name()));
  if (now.at_ps < call.at_ps)
    broken(payload, now.at_ps, fmt::format("time goes back: BEGIN_RESP was at {} ps", call.at_ps));
  end_response(payload, now.at_ps);
}

void ProtocolRules::blocking(const Payload& payload, Picoseconds at_ps) { begin(payload, at_ps, State::blocking); }

void ProtocolRules::blocking_returned(const Payload& payload, Picoseconds at_ps) {
  const auto found = open_.find(&payload);
  if (found == open_.end()) return;
  check_step(payload, found->second, at_ps);
  check_status(payload, at_ps);
  open_.erase(found);
}

void ProtocolRules::debug_returned(const Payload& payload, unsigned bytes) {
  if (bytes > payload.get_data_length())
    broken(payload, 0, fmt::format("debug transport moved {} bytes, more than were asked for", bytes));
}

void ProtocolRules::direct_returned(const Payload& payload, bool granted, const tlm::tlm_dmi& region) {
  if (region.get_start_address() > payload.get_address() || region.get_end_address() < payload.get_address())
    return broken(payload, 0, "a DMI region without the address that was asked for");
  if (!granted) return;
  if (region.get_dmi_ptr() == nullptr) broken(payload, 0, "a DMI region without a pointer");
  if (payload.is_read() ? !region.is_read_allowed() : payload.is_write() && !region.is_write_allowed())
    broken(payload, 0, "a DMI region that does not allow what was asked for");
}

void ProtocolRules::invalidated(std::uint64_t first, std::uint64_t last) {
  if (last < first)
    say(fmt::format("DMI from {:#x} to {:#x}: the region that is taken back ends before it begins", first, last));
}

}  // namespace ernsim
