#include "models/accelerator/dma/load_engine.h"

#include <algorithm>

namespace ernsim {

LoadEngine::LoadEngine(UnitId id, InitiatorId initiator, const UnitContext& context, const DmaConfig& config,
                       const PortLink& link, BurstPort& port, LoadSink& sink)
    : TransferEngine(id, initiator, context, config, link, port),
      sink_(sink),
      buffer_beats_(config.max_outstanding * config.max_burst_beats) {}

void LoadEngine::clear() {
  TransferEngine::clear();
  sink_free_ = 0;
  taken_beats_ = 0;
}

void LoadEngine::prepare(const Instruction&, const RunPosition&, Burst& burst) {
  burst.write = false;
  taken_beats_ += burst.beats;
}

/// The words belong to the instruction since it has started, so nobody reads them before they are written for good.
void LoadEngine::place(const Instruction& instruction, const Issued& issued, Completion& completion) {
  const std::uint32_t width = link().width_bytes;
  const LoadedBurst loaded{instruction, completion.burst, issued.position, width,
                           sink_.beats_per_step(instruction.transfer, width)};
  if (context_.data && !completion.timing.failed) sink_.write(loaded);
  const Cycle done = completion.timing.done;
  const Cycle there = link().first_step(completion.timing.port_start, loaded.burst.beats, loaded.beats_per_step);
  const Cycle start = std::max(there, sink_free_);
  if (context_.data && context_.ports != nullptr) report_writes(loaded, start, done);
  sink_free_ = std::max(done, after(sink_.cycles(loaded), start, done));
  completion.in_place = sink_free_;
}

void LoadEngine::settle(const Completion& completion) { taken_beats_ -= completion.burst.beats; }

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
