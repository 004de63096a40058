#include "tlm/interconnect_module.h"

#include "timing/annotation.h"

namespace ernsim {

InterconnectModule::InterconnectModule(sc_core::sc_module_name name, Clock units, const InterconnectConfig& config)
    : sc_module(name), units_(units), interconnect_(units, config, *this) {
  int id = 0;
  for (auto& target : initiators_in) {
    target = std::make_unique<Target>(sc_core::sc_gen_unique_name("initiator_in"));
    target->register_nb_transport_fw(this, &InterconnectModule::request, id++);
  }
  auto& side = static_cast<ExternalPortSide&>(*this);
  for (std::size_t i = 0; i < port_count; ++i) {
    reads_out[i] = std::make_unique<ExternalPort>(sc_core::sc_gen_unique_name("reads_out"), side);
    writes_out[i] = std::make_unique<ExternalPort>(sc_core::sc_gen_unique_name("writes_out"), side);
  }
}

tlm::tlm_sync_enum InterconnectModule::request(int, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                               sc_core::sc_time& delay) {
  interconnect_.issue(extension_of(payload).burst, units_.edge_at_or_after(time_of(delay)));
  phase = tlm::END_REQ;
  return tlm::TLM_UPDATED;
}

void InterconnectModule::answered(tlm::tlm_generic_payload& payload, Picoseconds done_ps) {
  const auto& extension = extension_of(payload);
  interconnect_.memory_done(extension.burst, done_ps, extension.delay, extension.delay_ps);
}

void InterconnectModule::to_memory(const Burst& burst, std::size_t port, Cycle at) {
  BurstExtension& extension = extension_of(burst);
  extension.delay = MemoryDelay::none;  // the memory may not know of it
  extension.delay_ps = 0;
  (burst.write ? writes_out : reads_out)[port]->send(*extension.payload, interconnect_.clock().time_ps(at));
}

void InterconnectModule::to_initiator(const Burst& burst, const BurstTiming& timing) {
  BurstExtension& extension = extension_of(burst);
  extension.timing = timing;
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay = delay_until(units_.time_ps(timing.done));
  (*initiators_in[burst.initiator])->nb_transport_bw(*extension.payload, phase, delay);
}

}  // namespace ernsim
