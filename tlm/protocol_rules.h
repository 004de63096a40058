#pragma once

#include <string>
#include <tlm>
#include <unordered_map>
#include <vector>

#include "timing/clock.h"
#include "tlm/payload_rules.h"

namespace ernsim {

/// A non-blocking call or its return: the phase, and the time it takes effect at, annotation included.
struct PhaseAt {
  tlm::tlm_phase phase;
  Picoseconds at_ps = 0;
};

/// The base protocol of TLM-2.0 (IEEE 1666-2011, 14 and 15.2) between one initiator socket and one target socket. It is
/// told of every call before it is made and of every return, and notes in a line each what is not allowed:
///  - phases: BEGIN_REQ, END_REQ, BEGIN_RESP, END_RESP in this order and on their path; what a return may say;
///  - exclusion: a request begins when the one before has ended, a response likewise; in the order of calls and in that
///    of the annotated times;
///  - the times of a transaction never go back;
///  - attributes are well formed at the begin and do not change; a response has a status;
///  - a payload of a non-blocking call has a memory manager and is held; it is not used again before its end.
/// Phases that are not of the base protocol are ignored.
class ProtocolRules {
 public:
  using Payload = tlm::tlm_generic_payload;

  void forward(const Payload& payload, const PhaseAt& call);
  void forward_returned(const Payload& payload, const PhaseAt& call, tlm::tlm_sync_enum status, const PhaseAt& now);
  void backward(const Payload& payload, const PhaseAt& call);
  void backward_returned(const Payload& payload, const PhaseAt& call, tlm::tlm_sync_enum status, const PhaseAt& now);
  void blocking(const Payload& payload, Picoseconds at_ps);
  void blocking_returned(const Payload& payload, Picoseconds at_ps);
  void debug_returned(const Payload& payload, unsigned bytes);
  void direct_returned(const Payload& payload, bool granted, const tlm::tlm_dmi& region);
  void invalidated(std::uint64_t first, std::uint64_t last);

  /// Something else is not allowed.
  void broken(const Payload& payload, Picoseconds at_ps, const std::string& what);

  /// The first of them, in words.
  const std::vector<std::string>& violations() const { return violations_; }
  /// Transactions that have begun and not ended.
  std::size_t under_way() const { return open_.size(); }

 private:
  static constexpr std::size_t most_kept = 100;
  enum class State { requested, accepted, responding, blocking };
  struct Transaction {
    State state;
    PayloadAttributes attributes;
    Picoseconds at_ps;  ///< of the last phase
  };
  /// One of the two exclusion rules.
  struct Phase {
    const Payload* holder = nullptr;
    Picoseconds free_ps = 0;  ///< when the one before has ended
  };

  void begin(const Payload& payload, Picoseconds at_ps, State state);
  void begin_request(const Payload& payload, Picoseconds at_ps);
  void end_request(const Payload& payload, Transaction& transaction, Picoseconds at_ps);
  void begin_response(const Payload& payload, Transaction& transaction, Picoseconds at_ps);
  void end_response(const Payload& payload, Picoseconds at_ps);
  void complete(const Payload& payload, Transaction& transaction, Picoseconds at_ps);
  void take(const Payload& payload, Transaction& transaction, const PhaseAt& now);
  void check_status(const Payload& payload, Picoseconds at_ps);
  void check_step(const Payload& payload, Transaction& transaction, Picoseconds at_ps);
  void check_held(const Payload& payload, Picoseconds at_ps);
  void check_untouched(const Payload& payload, const PhaseAt& call, const PhaseAt& now);
  Transaction* find(const Payload& payload, const PhaseAt& call);
  void say(const std::string& text);

  std::unordered_map<const Payload*, Transaction> open_;
  Phase request_, response_;
  std::vector<std::string> violations_;
};

}  // namespace ernsim
