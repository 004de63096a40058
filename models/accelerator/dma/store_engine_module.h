#pragma once

#include <systemc>

#include "models/accelerator/dma/store_engine.h"
#include "models/accelerator/memory/on_chip_memory_module.h"
#include "tlm/burst_initiator.h"

namespace ernsim {

/// DMA engine that stores codes from A and sums from S.
class StoreEngineModule : public sc_core::sc_module {
 public:
  StoreEngineModule(sc_core::sc_module_name name, const UnitContext& context, const DmaConfig& config,
                    const PortLink& link, PayloadPool& pool)
      : sc_module(name),
        bursts_out("bursts_out", context.clock, pool,
                   [this](const Burst& burst, const BurstTiming& timing) { engine_.completed(burst, timing); }),
        codes_in("codes_in"),
        sums_in("sums_in"),
        engine_(context, config, link, bursts_out) {}

  BurstInitiator bursts_out;
  MemoryPort codes_in;
  MemoryPort sums_in;

  StoreEngine& unit() { return engine_; }
  void attach(std::size_t code_word_bytes, std::size_t sum_word_bytes) {
    engine_.attach(codes_in.view(code_word_bytes), sums_in.view(sum_word_bytes));
  }

 private:
  StoreEngine engine_;
};

}  // namespace ernsim
