#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <functional>

#include "timing/clock.h"
#include "tlm/burst.h"
#include "tlm/payload_pool.h"

namespace ernsim {

/// The TLM side of a unit that issues bursts. Base protocol, non-blocking: BEGIN_REQ is answered with END_REQ at once
/// (the unit keeps to its own limit of outstanding bursts), BEGIN_RESP with TLM_COMPLETED.
class BurstInitiator : public BurstPort {
 public:
  using Completed = std::function<void(const Burst&, const BurstTiming&)>;

  BurstInitiator(const char* name, Clock clock, PayloadPool& pool, Completed completed);

  tlm_utils::simple_initiator_socket<BurstInitiator> socket;

  /// What is added to every address from now on, a multiple of 4 KiB; no burst is under way.
  void move_to(std::uint64_t base_address) { base_address_ = base_address; }

  void issue(const Burst& burst, Cycle at) override;
  void release(const Burst& burst) override;

 private:
  tlm::tlm_sync_enum respond(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);

  Clock clock_;
  PayloadPool& pool_;
  Completed completed_;
  std::uint64_t base_address_ = 0;
};

}  // namespace ernsim
