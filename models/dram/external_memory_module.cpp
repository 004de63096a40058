#include "models/dram/external_memory_module.h"

#include <cstring>

#include "timing/annotation.h"

namespace ernsim {

ExternalMemoryModule::ExternalMemoryModule(sc_core::sc_module_name name, EngineModule& engine, const DramConfig& config,
                                           std::size_t bytes)
    : sc_module(name), host_in("host_in"), controller_(config, *this), bytes_(bytes) {
  for (std::size_t i = 0; i < port_count; ++i) {
    for (auto* sockets : {&reads_in, &writes_in}) {
      auto& socket = (*sockets)[i];
      socket = std::make_unique<Target>(sc_core::sc_gen_unique_name(sockets == &reads_in ? "reads_in" : "writes_in"));
      socket->register_nb_transport_fw(this, &ExternalMemoryModule::request, static_cast<int>(i));
    }
  }
  engine.add(controller_);
  host_in.register_transport_dbg(this, &ExternalMemoryModule::debug);
}

tlm::tlm_sync_enum ExternalMemoryModule::request(int port, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                                 sc_core::sc_time& delay) {
  const Burst& burst = extension_of(payload).burst;
  port_of_[static_cast<std::size_t>(burst.initiator)] = static_cast<std::size_t>(port);
  controller_.request(burst, static_cast<std::size_t>(port), time_of(delay));
  phase = tlm::END_REQ;
  return tlm::TLM_UPDATED;
}

unsigned ExternalMemoryModule::debug(tlm::tlm_generic_payload& payload) {
  return move(payload) ? payload.get_data_length() : 0;
}

bool ExternalMemoryModule::move(tlm::tlm_generic_payload& payload) {
  const auto address = static_cast<std::size_t>(payload.get_address());
  const std::size_t length = payload.get_data_length();
  if (address > bytes_.size() || length > bytes_.size() - address) return false;
  if (payload.is_read())
    std::memcpy(payload.get_data_ptr(), bytes_.data() + address, length);
  else
    std::memcpy(bytes_.data() + address, payload.get_data_ptr(), length);
  return true;
}

void ExternalMemoryModule::burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay,
                                      Picoseconds delay_ps) {
  auto& payload = *static_cast<tlm::tlm_generic_payload*>(burst.handle);
  const bool moved = moves_data && !moves_data(burst) ? true : move(payload);
  payload.set_response_status(moved ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
  extension_of(payload).delay = delay;
  extension_of(payload).delay_ps = delay_ps;
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time annotation = delay_until(done_ps);
  const std::size_t port = port_of_[static_cast<std::size_t>(burst.initiator)];
  (*(burst.write ? writes_in : reads_in)[port])->nb_transport_bw(payload, phase, annotation);
}

}  // namespace ernsim
