#include "models/dma/load_engine.h"

#include <algorithm>

namespace ernsim {

LoadEngine::LoadEngine(UnitId id, InitiatorId initiator, const UnitContext& context, const DmaConfig& config,
                       std::int64_t port_width_bytes, BurstPort& port, LoadSink& sink)
    : TransferEngine(id, initiator, context, config, port_width_bytes, port), sink_(sink) {}

void LoadEngine::prepare(const Instruction&, const RunPosition&, Burst& burst) { burst.write = false; }

Cycle LoadEngine::settle(const Instruction& instruction, const Issued& issued, const Completion& completion) {
  if (context_.data) sink_.write(instruction, completion.burst, issued.position);
  const Cycle start = std::max(completion.timing.data_start, sink_free_);
  const Cycle cycles = sink_.cycles(instruction, completion.burst);
  const Cycle end = shared_ == nullptr ? start + cycles : shared_->end_of(completion.timing.done, start, cycles);
  sink_free_ = std::max(completion.timing.done, end);
  return sink_free_;
}

}  // namespace ernsim
