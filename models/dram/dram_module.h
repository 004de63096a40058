#pragma once

#include <memory>
#include <systemc>
#include <vector>

#include "models/dram/byte_store.h"
#include "models/dram/memory_controller.h"
#include "timing/engine_module.h"
#include "tlm/target_port.h"

namespace ernsim {

/// The sockets of a memory and the ports of the controller behind them.
struct DramPorts {
  /// As many sockets, each with a port of its own, all of the same priority.
  DramPorts(std::size_t sockets = 0);  // NOLINT: a number of sockets is meant to be given as such

  std::vector<std::size_t> port_of_socket;  ///< [socket]
  std::vector<int> priorities;              ///< [port]: the larger goes first
};

/// Decides which transactions move bytes; the others keep their timing and are answered as if they did.
class DataGate {
 public:
  virtual ~DataGate() = default;
  virtual bool moves(const tlm::tlm_generic_payload& payload) = 0;
};

struct DramOptions {
  /// Advances the controller, and every unit that is behind an initiator socket bound to the memory. Null: the memory
  /// has an engine of its own, and anybody may be bound to it.
  EngineModule* engine = nullptr;
  EngineKind kind = EngineKind::leap;  ///< of its own engine
  LookAhead look_ahead = {-1};         ///< of its own engine; negative: embedded_look_ahead()
  std::uint64_t bytes = 0;             ///< size of the address range; 0: what the parts hold
  bool dmi = false;                    ///< whether direct memory pointers are granted
  DataGate* gate = nullptr;            ///< null: all transactions move bytes
};

/// DRAM of any part and its controller, with the bytes it holds: base-protocol targets for any initiators.
///
/// Blocking and four-phase transport; bursts of any length and alignment, cut into accesses inside; byte enables,
/// streaming width, TLM_IGNORE, debug transport, DMI. Each socket answers by itself, in the order of service; what
/// several initiators do on several sockets is arbitrated by the controller. Throws ConfigError.
class Dram : public sc_core::sc_module, private BurstListener, private TargetPortSide {
 public:
  Dram(sc_core::sc_module_name name, const DramConfig& config, const DramPorts& ports, const DramOptions& options = {});

  std::vector<std::unique_ptr<TargetPort>> in;  ///< bind to in[i]->socket

  MemoryController& controller() { return controller_; }
  /// Up to the kernel's now.
  DramStatistics statistics();
  /// While no burst is under way refreshes are made up for later: brings commands and figures up to `time_ps`.
  void catch_up(Picoseconds time_ps) { controller_.catch_up(controller_.clock().edge_at_or_after(time_ps)); }
  ByteStore& bytes() { return bytes_; }
  /// Grants direct memory pointers from now on, or takes back those that were granted.
  void grant_dmi(bool granted);

 private:
  struct Transaction {
    tlm::tlm_generic_payload* payload = nullptr;
    TargetPort* port = nullptr;
    sc_core::sc_event* done = nullptr;  ///< who waits in blocking transport
    std::uint64_t bursts = 0;           ///< not done
  };

  bool begin(TargetPort& port, tlm::tlm_generic_payload& payload, Picoseconds at_ps) override;
  void blocking(TargetPort& port, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned debug(tlm::tlm_generic_payload& payload) override;
  bool direct(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& region) override;
  void burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) override;

  EngineModule& engine_of(const DramOptions& options);
  bool accept(tlm::tlm_generic_payload& payload) const;
  void enter(TargetPort& port, tlm::tlm_generic_payload& payload, Picoseconds at_ps, sc_core::sc_event* done);
  Transaction& free_transaction();

  std::unique_ptr<EngineModule> own_engine_;
  EngineModule& engine_;
  DramPorts ports_;
  MemoryController controller_;
  ByteStore bytes_;
  DataGate* gate_;
  bool dmi_;
  std::vector<std::unique_ptr<Transaction>> transactions_;  ///< as many as were ever under way
  std::vector<Transaction*> free_;
};

/// The name that DDR4 parts are looked for by.
using Ddr4 = Dram;

}  // namespace ernsim
