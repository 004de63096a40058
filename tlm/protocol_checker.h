#pragma once

#include <systemc>
#include <tlm>

#include "tlm/protocol_rules.h"

namespace ernsim {

/// Stands between any initiator socket and any target socket of the base protocol, passes everything on as it is, and
/// notes what is not allowed: ProtocolRules, and that no call but b_transport waits, which is not called by a method.
class ProtocolChecker : public sc_core::sc_module,
                        private tlm::tlm_fw_transport_if<>,
                        private tlm::tlm_bw_transport_if<> {
 public:
  explicit ProtocolChecker(sc_core::sc_module_name name);

  tlm::tlm_target_socket<> in;
  tlm::tlm_initiator_socket<> out;

  /// In a line each; none if all is as it should be.
  const std::vector<std::string>& violations() const { return rules_.violations(); }
  /// Transactions that have begun and not ended.
  std::size_t under_way() const { return rules_.under_way(); }

 private:
  using Payload = tlm::tlm_generic_payload;

  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) override;
  unsigned transport_dbg(Payload& payload) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& region) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) override;

  ProtocolRules rules_;
};

}  // namespace ernsim
