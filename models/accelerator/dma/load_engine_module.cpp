#include "models/accelerator/dma/load_engine_module.h"

namespace ernsim {

LoadEngineModule::LoadEngineModule(sc_core::sc_module_name name, UnitId id, InitiatorId initiator,
                                   const UnitContext& context, const DmaConfig& config, const PortLink& link,
                                   PayloadPool& pool, LoadSink* sink)
    : sc_module(name),
      bursts_out("bursts_out", context.clock, pool,
                 [this](const Burst& burst, const BurstTiming& timing) { engine_.completed(burst, timing); }),
      memory_out("memory_out"),
      engine_(id, initiator, context, config, link, bursts_out,
              sink != nullptr ? *sink : static_cast<LoadSink&>(memory_)) {}

}  // namespace ernsim
