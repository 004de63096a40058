#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <array>
#include <memory>
#include <systemc>

#include "tlm/interconnect.h"
#include "tlm/payload_pool.h"

namespace ernsim {

/// AXI ports as a TLM module: one target socket per initiator, one initiator socket per port.
class InterconnectModule : public sc_core::sc_module, private InterconnectSide {
 public:
  InterconnectModule(sc_core::sc_module_name name, Clock clock, const InterconnectConfig& config);

  using Target = tlm_utils::simple_target_socket_tagged<InterconnectModule>;
  using Initiator = tlm_utils::simple_initiator_socket_tagged<InterconnectModule>;
  std::array<std::unique_ptr<Target>, initiator_count> initiators_in;  ///< [InitiatorId]
  std::array<std::unique_ptr<Initiator>, port_count> ports_out;        ///< to the memory controller's ports

  Clocked& clocked() { return interconnect_; }
  void log_data(std::function<void(const PortData&)> log) { interconnect_.data_log = std::move(log); }

 private:
  tlm::tlm_sync_enum request(int id, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  tlm::tlm_sync_enum response(int port, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                              sc_core::sc_time& delay);
  void to_memory(const Burst& burst, std::size_t port, Cycle at) override;
  void to_initiator(const Burst& burst, const BurstTiming& timing) override;

  Interconnect interconnect_;
};

}  // namespace ernsim
