#include "models/accelerator/dma/load_engine.h"

#include <algorithm>

namespace ernsim {

LoadEngine::LoadEngine(UnitId id, InitiatorId initiator, const UnitContext& context, const DmaConfig& config,
                       std::int64_t port_width_bytes, BurstPort& port, LoadSink& sink)
    : TransferEngine(id, initiator, context, config, port_width_bytes, port), sink_(sink) {}

void LoadEngine::clear() {
  TransferEngine::clear();
  sink_free_ = 0;
  if (buffer_) buffer_->clear();
}

void LoadEngine::prepare(const Instruction&, const RunPosition&, Burst& burst) {
  burst.write = false;
  if (buffer_) buffer_->take(burst.beats);
}

Cycle LoadEngine::settle(const Instruction& instruction, const Issued& issued, const Completion& completion) {
  const LoadedBurst loaded{instruction, completion.burst, issued.position, width_bytes()};
  if (context_.data && !completion.timing.failed) sink_.write(loaded);
  const Cycle done = completion.timing.done, start = std::max(completion.timing.data_start, sink_free_);
  if (context_.data && context_.ports != nullptr) report_writes(loaded, start, done);
  sink_free_ = std::max(done, after(sink_.cycles(loaded), start, done));
  if (buffer_) buffer_->leave(completion.burst.beats, sink_free_);
  return sink_free_;
}

/// One beat per word that the burst completes, with what the memory holds then.
void LoadEngine::report_writes(const LoadedBurst& loaded, Cycle start, Cycle done) {
  writes_.clear();
  write_cycles_.clear();
  write_addresses_.clear();
  write_data_.clear();
  sink_.list_writes(loaded, writes_);
  if (writes_.empty()) return;
  const MemoryView& memory = sink_.memory();
  for (const WordWrite& write : writes_) {
    write_cycles_.push_back(after(write.step + 1, start, done) - 1);
    write_addresses_.push_back(write.address);
    const std::uint8_t* word = memory.word(write.address);
    write_data_.insert(write_data_.end(), word, word + memory.word_bytes);
  }
  context_.ports->beats(PortBeats{port_of_engine(Port::load_activations_writes), &loaded.instruction, writes_.size(),
                                  write_cycles_[0], write_cycles_.data(), write_addresses_[0], write_addresses_.data(),
                                  write_data_.data(), memory.word_bytes});
}

}  // namespace ernsim
