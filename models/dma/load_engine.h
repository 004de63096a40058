#pragma once

#include "models/dma/load_sink.h"
#include "models/dma/transfer_engine.h"
#include "models/memory/shared_write_port.h"

namespace ernsim {

/// DMA from external memory into one on-chip memory. Beats are written as they arrive; a sink slower than the port
/// (`LoadSink::cycles`) delays the burst's end and so the instruction's.
class LoadEngine : public TransferEngine {
 public:
  LoadEngine(UnitId id, InitiatorId initiator, const UnitContext& context, const DmaConfig& config,
             std::int64_t port_width_bytes, BurstPort& port, LoadSink& sink);

  /// The memory's write port is another unit's too, which goes first.
  void share(SharedWritePort& port) { shared_ = &port; }

 protected:
  void prepare(const Instruction& instruction, const RunPosition& position, Burst& burst) override;
  Work work_of(const Instruction& instruction) const override { return sink_.work(instruction.transfer); }
  Cycle settle(const Instruction& instruction, const Issued& issued, const Completion& completion) override;

 private:
  LoadSink& sink_;
  SharedWritePort* shared_ = nullptr;
  Cycle sink_free_ = 0;
};

}  // namespace ernsim
