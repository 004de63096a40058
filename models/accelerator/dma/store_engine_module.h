#pragma once

#include <memory>
#include <systemc>

#include "models/accelerator/dma/store_engine.h"
#include "models/accelerator/memory/on_chip_memory_module.h"
#include "models/accelerator/unit/unit_makers.h"
#include "tlm/burst_initiator.h"

namespace ernsim {

/// DMA engine that stores codes from A and sums from S. `makers` make the unit.
class StoreEngineModule : public sc_core::sc_module {
 public:
  StoreEngineModule(sc_core::sc_module_name name, UnitContext context, const DmaConfig& config,
                    const PortLink& link, PayloadPool& pool, const UnitMakers& makers = {})
      : sc_module(name),
        bursts_out("bursts_out", context.clock, pool,
                   [this](const Burst& burst, const BurstTiming& timing) { unit_->completed(burst, timing); }),
        codes_in("codes_in"),
        sums_in("sums_in") {
    context.bursts = &bursts_out;
    unit_ = makers.make(UnitId::store, context,
                        [&] { return std::make_unique<StoreEngine>(context, config, link, bursts_out); });
  }

  BurstInitiator bursts_out;
  MemoryPort codes_in;
  MemoryPort sums_in;

  InstructionUnit& unit() { return *unit_; }
  void attach(std::size_t code_word_bytes, std::size_t sum_word_bytes) {
    OnChipMemories memories;
    memories.activations = codes_in.view(code_word_bytes);
    memories.results = sums_in.view(sum_word_bytes);
    unit_->attach(memories);
  }

 private:
  std::unique_ptr<InstructionUnit> unit_;
};

}  // namespace ernsim
