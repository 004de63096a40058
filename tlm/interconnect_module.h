#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <array>
#include <memory>
#include <systemc>

#include "tlm/external_port.h"
#include "tlm/interconnect.h"
#include "tlm/payload_pool.h"

namespace ernsim {

/// AXI ports as a TLM module: one target socket per initiator, and per port one initiator socket for reads and one for
/// writes, as AXI has them apart; requests on each are in the order of their times.
class InterconnectModule : public sc_core::sc_module, private InterconnectSide, private ExternalPortSide {
 public:
  /// `units`: the clock of the initiators; the ports have their own.
  InterconnectModule(sc_core::sc_module_name name, Clock units, const InterconnectConfig& config);

  using Target = tlm_utils::simple_target_socket_tagged<InterconnectModule>;
  EnumArray<InitiatorId, std::unique_ptr<Target>> initiators_in;
  std::array<std::unique_ptr<ExternalPort>, port_count> reads_out;  ///< to the memory controller's ports
  std::array<std::unique_ptr<ExternalPort>, port_count> writes_out;

  Clocked& clocked() { return interconnect_; }
  void reset() { interconnect_.reset(); }
  void show_data(PortDataObserver* observer) { interconnect_.show_data(observer); }

 private:
  tlm::tlm_sync_enum request(int id, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  void to_memory(const Burst& burst, std::size_t port, Cycle at) override;
  void to_initiator(const Burst& burst, const BurstTiming& timing) override;
  void answered(tlm::tlm_generic_payload& payload, Picoseconds done_ps) override;

  Clock units_;
  Interconnect interconnect_;
};

}  // namespace ernsim
