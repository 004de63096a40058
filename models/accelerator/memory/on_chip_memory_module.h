#pragma once

#include <tlm_utils/multi_passthrough_target_socket.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <vector>

#include "models/accelerator/memory/memory_view.h"

namespace ernsim {

/// An on-chip memory: words behind a TLM target socket that any number of units may bind to. Units use its direct
/// memory interface; the time of an access is part of the accessing unit's contract (one word per cycle and port).
class OnChipMemoryModule : public sc_core::sc_module {
 public:
  OnChipMemoryModule(sc_core::sc_module_name name, std::int64_t words, std::size_t word_bytes);

  tlm_utils::multi_passthrough_target_socket<OnChipMemoryModule> access_in;

  std::size_t word_bytes() const { return word_bytes_; }

 private:
  void transport(int id, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  unsigned debug(int id, tlm::tlm_generic_payload& payload);
  bool direct(int id, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);

  std::size_t word_bytes_;
  std::vector<std::uint8_t> bytes_;
};

/// A unit's port to an on-chip memory.
class MemoryPort {
 public:
  explicit MemoryPort(const char* name) : socket(name) {}

  tlm_utils::simple_initiator_socket<MemoryPort> socket;

  /// Direct access to the bound memory; to be called once binding is complete.
  MemoryView view(std::size_t word_bytes);
};

}  // namespace ernsim
