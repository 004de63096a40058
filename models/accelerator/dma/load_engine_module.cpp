#include "models/accelerator/dma/load_engine_module.h"

namespace ernsim {

namespace {

/// `view` as the memory that the unit fills.
OnChipMemories filled_by(UnitId unit, const MemoryView& view) {
  OnChipMemories memories;
  switch (unit) {
    case UnitId::load_weights:
      memories.weights = view;
      break;
    case UnitId::load_thresholds:
      memories.thresholds = view;
      break;
    case UnitId::load_residuals:
      memories.residuals = view;
      break;
    default:
      memories.activations = view;
      break;
  }
  return memories;
}

}  // namespace

LoadEngineModule::LoadEngineModule(sc_core::sc_module_name name, const LoadPath& path, const UnitContext& context,
                                   const DmaConfig& config, PayloadPool& pool, const UnitMakers& makers)
    : sc_module(name),
      bursts_out("bursts_out", context.clock, pool,
                 [this](const Burst& burst, const BurstTiming& timing) { unit_->completed(burst, timing); }),
      memory_out("memory_out"),
      unit_(made(path, config, context, makers)) {}

std::unique_ptr<InstructionUnit> LoadEngineModule::made(const LoadPath& path, const DmaConfig& config,
                                                        UnitContext context, const UnitMakers& makers) {
  context.bursts = &bursts_out;
  return makers.make(path.unit, context, [&] {
    LoadSink& sink = path.sink != nullptr ? *path.sink : memory_;
    auto engine = std::make_unique<LoadEngine>(path.unit, path.initiator, context, config, path.link,
                                               bursts_out, sink);
    if (path.buffer_beats > 0) engine->buffer(path.buffer_beats);
    return engine;
  });
}

void LoadEngineModule::attach(std::size_t word_bytes) {
  memory_.attach(memory_out.view(word_bytes));
  unit_->attach(filled_by(unit_->id(), memory_.memory()));
}

}  // namespace ernsim
