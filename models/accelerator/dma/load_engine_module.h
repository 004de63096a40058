#pragma once

#include <systemc>

#include "models/accelerator/dma/load_engine.h"
#include "models/accelerator/dma/memory_sink.h"
#include "models/accelerator/memory/on_chip_memory_module.h"
#include "tlm/burst_initiator.h"

namespace ernsim {

/// DMA engine that fills one on-chip memory.
class LoadEngineModule : public sc_core::sc_module {
 public:
  /// `sink` may be null: bytes then go straight to the memory behind memory_out.
  LoadEngineModule(sc_core::sc_module_name name, UnitId id, InitiatorId initiator, const UnitContext& context,
                   const DmaConfig& config, const PortLink& link, PayloadPool& pool, LoadSink* sink = nullptr);

  BurstInitiator bursts_out;
  MemoryPort memory_out;

  LoadEngine& unit() { return engine_; }
  void attach(std::size_t word_bytes) { memory_.attach(memory_out.view(word_bytes)); }

 private:
  MemorySink memory_;
  LoadEngine engine_;
};

}  // namespace ernsim
