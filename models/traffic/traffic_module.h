#pragma once

#include <memory>
#include <systemc>
#include <vector>

#include "models/traffic/traffic_source.h"
#include "timing/engine_module.h"
#include "tlm/external_port.h"

namespace ernsim {

/// A camera, a display, a processor as an initiator of any memory: TrafficSource behind a four-phase socket. Payloads
/// are plain; what it writes is its own choice.
class TrafficGenerator : public sc_core::sc_module,
                         private TrafficOut,
                         private ExternalPortSide,
                         private tlm::tlm_mm_interface {
 public:
  /// `engine` advances it, and may advance the memory; null: an engine of its own.
  TrafficGenerator(sc_core::sc_module_name name, const TrafficConfig& config, EngineModule* engine = nullptr);

  ExternalPort out;  ///< bind out.socket

  const TrafficConfig& config() const { return config_; }
  TrafficProgress progress(Picoseconds time_ps) const { return source_.progress(time_ps); }
  Picoseconds latest_ps() const { return source_.latest_ps(); }

 private:
  struct Slot : tlm::tlm_generic_payload {
    std::vector<std::uint8_t> data;
    std::int64_t number = 0;
  };

  void issue(std::int64_t number, const TrafficBurst& burst, Cycle at) override;
  void answered(tlm::tlm_generic_payload& payload, Picoseconds done_ps) override;
  void free(tlm::tlm_generic_payload* payload) override;
  Slot& free_slot();

  TrafficConfig config_;
  std::unique_ptr<EngineModule> own_engine_;
  TrafficSource source_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<Slot*> free_;
};

}  // namespace ernsim
