#pragma once

#include <memory>
#include <systemc>

#include "models/accelerator/dma/load_engine.h"
#include "models/accelerator/dma/memory_sink.h"
#include "models/accelerator/memory/on_chip_memory_module.h"
#include "models/accelerator/unit/unit_makers.h"
#include "tlm/burst_initiator.h"

namespace ernsim {

/// Where a load engine's bytes go, and how many may wait on the way.
struct LoadPath {
  UnitId unit = UnitId::load_activations;
  InitiatorId initiator = InitiatorId::load_activations;
  PortLink link;
  LoadSink* sink = nullptr;       ///< null: straight to the memory behind memory_out
  std::int64_t buffer_beats = 0;  ///< 0: as many as the bursts under way may have
};

/// DMA engine that fills one on-chip memory. `makers` make the unit.
class LoadEngineModule : public sc_core::sc_module {
 public:
  LoadEngineModule(sc_core::sc_module_name name, const LoadPath& path, const UnitContext& context,
                   const DmaConfig& config, PayloadPool& pool, const UnitMakers& makers = {});

  BurstInitiator bursts_out;
  MemoryPort memory_out;

  InstructionUnit& unit() { return *unit_; }
  void attach(std::size_t word_bytes);

 private:
  std::unique_ptr<InstructionUnit> made(const LoadPath& path, const DmaConfig& config, UnitContext context,
                                        const UnitMakers& makers);

  MemorySink memory_;
  std::unique_ptr<InstructionUnit> unit_;
};

}  // namespace ernsim
