#include "tests/support/plain_initiator.h"

#include <algorithm>

namespace ernsim::test {

namespace {

constexpr std::size_t most_under_way = 8;

}  // namespace

PlainInitiator::PlainInitiator(sc_core::sc_module_name name, unsigned seed, std::uint64_t first, std::uint64_t bytes,
                               int transactions, Ending ending)
    : sc_module(name),
      socket("socket"),
      random_(seed),
      first_(first),
      bytes_(bytes),
      transactions_(transactions),
      ending_(ending),
      ending_peq_("ending") {
  for (std::size_t i = 0; i < most_under_way; ++i) {
    slots_.push_back(std::make_unique<Slot>());
    slots_[i]->payload.set_mm(this);
  }
  socket.register_nb_transport_bw(this, &PlainInitiator::respond);
  SC_THREAD(run);
  SC_METHOD(end_later);
  sensitive << ending_peq_.get_event();
  dont_initialize();
}

void PlainInitiator::run() {
  for (issued_ = 0; issued_ < transactions_; ++issued_) {
    Slot* slot = free_slot();
    for (; slot == nullptr; slot = free_slot()) wait(changed_);
    issue(*slot);
    if (random_() % 4 == 0) wait(sc_core::sc_time(static_cast<double>(random_() % 300), sc_core::SC_NS));
  }
}

PlainInitiator::Slot* PlainInitiator::free_slot() {
  for (auto& slot : slots_)
    if (!slot->busy) return slot.get();
  return nullptr;
}

/// Two of an initiator's transactions to the same bytes would have no order of their own.
bool PlainInitiator::overlaps(std::uint64_t address, std::size_t bytes) const {
  return std::any_of(slots_.begin(), slots_.end(), [&](const auto& slot) {
    const std::uint64_t other = slot->payload.get_address() - first_;
    return slot->busy && address < other + slot->data.size() && other < address + bytes;
  });
}

void PlainInitiator::issue(Slot& slot) {
  const std::size_t length = 1 + random_() % 300;
  std::uint64_t address = random_() % (bytes_.size() - length);
  while (overlaps(address, length)) address = random_() % (bytes_.size() - length);
  const bool write = random_() % 2 == 0;
  slot.data.resize(length);
  for (auto& byte : slot.data) byte = static_cast<std::uint8_t>(random_());
  const auto own = bytes_.begin() + static_cast<std::ptrdiff_t>(address);
  if (write) std::copy(slot.data.begin(), slot.data.end(), own);
  slot.expected.assign(own, own + static_cast<std::ptrdiff_t>(length));
  (write ? written : read) += static_cast<std::int64_t>(length);
  slot.payload.set_command(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
  slot.payload.set_address(first_ + address);
  slot.payload.set_data_ptr(slot.data.data());
  slot.payload.set_data_length(static_cast<unsigned>(length));
  slot.payload.set_streaming_width(static_cast<unsigned>(length));
  slot.payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  slot.payload.set_dmi_allowed(false);
  slot.busy = true;
  begin(slot);
}

void PlainInitiator::begin(Slot& slot) {
  slot.payload.acquire();
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay;
  const auto status = socket->nb_transport_fw(slot.payload, phase, delay);
  if (status == tlm::TLM_COMPLETED) finish(slot.payload, delay);
}

void PlainInitiator::finish(tlm::tlm_generic_payload& payload, const sc_core::sc_time& delay) {
  const auto slot = std::find_if(slots_.begin(), slots_.end(), [&](const auto& s) { return &s->payload == &payload; });
  if (payload.is_response_error() || (*slot)->data != (*slot)->expected) ++wrong;
  ends_ps.push_back(static_cast<std::int64_t>((sc_core::sc_time_stamp() + delay).value()));
  ++done_;
  payload.release();
}

void PlainInitiator::free(tlm::tlm_generic_payload* payload) {
  for (auto& slot : slots_)
    if (&slot->payload == payload) slot->busy = false;
  changed_.notify(sc_core::SC_ZERO_TIME);
}

tlm::tlm_sync_enum PlainInitiator::respond(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                           sc_core::sc_time& delay) {
  if (phase != tlm::BEGIN_RESP) return tlm::TLM_ACCEPTED;
  if (ending_ == Ending::later) {
    ending_peq_.notify(payload, delay + sc_core::sc_time(static_cast<double>(random_() % 60), sc_core::SC_NS));
    return tlm::TLM_ACCEPTED;
  }
  if (ending_ == Ending::updated) {
    phase = tlm::END_RESP;
    delay += sc_core::sc_time(3, sc_core::SC_NS);
  }
  finish(payload, delay);
  return ending_ == Ending::updated ? tlm::TLM_UPDATED : tlm::TLM_COMPLETED;
}

void PlainInitiator::end_later() {
  while (auto* payload = ending_peq_.get_next_transaction()) {
    tlm::tlm_phase phase = tlm::END_RESP;
    sc_core::sc_time delay;
    payload->acquire();
    socket->nb_transport_fw(*payload, phase, delay);
    finish(*payload, delay);
    payload->release();
  }
}

}  // namespace ernsim::test
