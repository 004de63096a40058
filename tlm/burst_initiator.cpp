#include "tlm/burst_initiator.h"

#include "timing/annotation.h"

namespace ernsim {

BurstInitiator::BurstInitiator(const char* name, Clock clock, PayloadPool& pool, Completed completed)
    : socket(name), clock_(clock), pool_(pool), completed_(std::move(completed)) {
  socket.register_nb_transport_bw(this, &BurstInitiator::respond);
}

void BurstInitiator::issue(const Burst& burst, Cycle at) {
  tlm::tlm_generic_payload& payload = pool_.acquire(burst, base_address_);
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay = delay_until(clock_.time_ps(at));
  if (socket->nb_transport_fw(payload, phase, delay) != tlm::TLM_UPDATED || phase != tlm::END_REQ)
    SC_REPORT_ERROR("ernsim", "a burst was not accepted");
}

void BurstInitiator::release(const Burst& burst) { extension_of(burst).payload->release(); }

tlm::tlm_sync_enum BurstInitiator::respond(tlm::tlm_generic_payload& payload, tlm::tlm_phase&, sc_core::sc_time&) {
  BurstExtension& extension = extension_of(payload);
  extension.burst.address -= base_address_;
  extension.timing.failed = payload.is_response_error();
  completed_(extension.burst, extension.timing);
  return tlm::TLM_COMPLETED;
}

}  // namespace ernsim
