#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <array>
#include <functional>
#include <memory>
#include <systemc>
#include <vector>

#include "models/dram/memory_controller.h"
#include "timing/engine_module.h"
#include "tlm/interconnect.h"
#include "tlm/payload_pool.h"

namespace ernsim {

/// DDR4 with its controller behind HP and HPC ports, each with a socket for reads and one for writes, and the bytes it
/// holds.
class ExternalMemoryModule : public sc_core::sc_module, private BurstListener {
 public:
  /// Its clocked units are advanced by `engine`. `bytes`: the part of the address range, from 0 on, that is backed by
  /// storage.
  ExternalMemoryModule(sc_core::sc_module_name name, EngineModule& engine, const DramConfig& config, std::size_t bytes);

  using Target = tlm_utils::simple_target_socket_tagged<ExternalMemoryModule>;
  std::array<std::unique_ptr<Target>, port_count> reads_in, writes_in;
  tlm_utils::simple_target_socket<ExternalMemoryModule> host_in;  ///< debug transport only: the host's cached view

  MemoryController& controller() { return controller_; }
  std::vector<std::uint8_t>& bytes() { return bytes_; }
  /// Which bursts move data; others keep their timing. Empty: all.
  std::function<bool(const Burst&)> moves_data;

 private:
  tlm::tlm_sync_enum request(int port, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                             sc_core::sc_time& delay);
  unsigned debug(tlm::tlm_generic_payload& payload);
  void burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) override;
  bool move(tlm::tlm_generic_payload& payload);

  MemoryController controller_;
  std::vector<std::uint8_t> bytes_;
  std::array<std::size_t, initiator_count> port_of_{};  ///< where to respond to
};

}  // namespace ernsim
