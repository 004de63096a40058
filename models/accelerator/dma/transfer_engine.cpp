#include "models/accelerator/dma/transfer_engine.h"

#include <algorithm>

namespace ernsim {

namespace {

StallCause cause_of(MemoryDelay delay) {
  switch (delay) {
    case MemoryDelay::row_miss:
      return StallCause::row_miss;
    case MemoryDelay::turnaround:
      return StallCause::turnaround;
    case MemoryDelay::refresh:
      return StallCause::refresh;
    case MemoryDelay::none:
      break;
  }
  return StallCause::memory;
}

}  // namespace

TransferEngine::TransferEngine(UnitId id, InitiatorId initiator, const UnitContext& context, const DmaConfig& config,
                               const PortLink& link, BurstPort& port)
    : InstructionUnit(id, context), initiator_(initiator), config_(config), link_(link), port_(port) {}

void TransferEngine::completed(const Burst& burst, const BurstTiming& timing) {
  completions_.push_back({burst, timing});
  if (dropped_ > 0 || places_when_done()) return wake(timing.done);
  place(placed_);
  wake(completions_.back().in_place);
}

void TransferEngine::clear() {
  dropped_ += issued_.size();
  transfers_.clear();
  issued_.clear();
  first_transfer_ = 0;
  placed_ = 0;
  in_place_ = issue_ready_ = 0;
  in_place_layer_ = 0;
  walk_ = BurstWalk();
}

bool TransferEngine::drain(Cycle now) {
  const auto ended = [](const Completion& each) { return each.in_place != never ? each.in_place : each.timing.done; };
  for (; !completions_.empty() && ended(completions_.front()) <= now; --dropped_) {
    port_.release(completions_.front().burst);
    completions_.pop_front();
  }
  return dropped_ == 0;
}

Cycle TransferEngine::step(Cycle now) {
  if (places_when_done()) place_done(now);
  collect(now);
  retire(now);
  return std::min(generate(now), next_in_place());
}

void TransferEngine::place_done(Cycle now) {
  while (placed_ < completions_.size() && completions_[placed_].timing.done <= now) place(placed_);
}

void TransferEngine::place(std::size_t completion) {
  const Issued& issued = issued_[completion];
  const Instruction& instruction = transfers_[issued.transfer - first_transfer_].instruction;
  Completion& placed = completions_[completion];
  place(instruction, issued, placed);
  if (context_.ports != nullptr && context_.data && !placed.burst.write) report_data(instruction, placed);
  ++placed_;
}

void TransferEngine::account(const Completion& completion, std::size_t layer) {
  const BurstTiming& timing = completion.timing;
  const Cycle data_start = timing.data_start, back = data_start - timing.port_wait;
  accounting_.busy(std::min(in_place_, data_start), in_place_layer_);
  accounting_.stalled(StallCause::memory, back - timing.delay_cycles, layer);
  accounting_.stalled(cause_of(timing.delay), back, layer);
  accounting_.stalled(StallCause::port, data_start, layer);
  accounting_.busy(timing.done, layer);
}

/// Takes in the bursts that are in place.
void TransferEngine::collect(Cycle now) {
  while (next_in_place() <= now) {
    const Completion completion = completions_.front();
    completions_.pop_front();
    --placed_;
    const Issued issued = issued_.front();
    issued_.pop_front();
    Transfer& transfer = transfers_[issued.transfer - first_transfer_];
    if (completion.timing.failed) fail(completion.burst, issued.transfer - first_transfer_, now);
    account(completion, transfer.instruction.at.layer);
    settle(completion);
    in_place_ = completion.in_place;
    in_place_layer_ = transfer.instruction.at.layer;
    if (context_.ports != nullptr && completion.burst.write)
      context_.ports->beat(Port::store_response, &transfer.instruction, completion.timing.done - 1,
                           static_cast<std::uint32_t>(completion.burst.address), nullptr, 0);
    port_.release(completion.burst);
    --transfer.open_bursts;
  }
}

void TransferEngine::fail(const Burst& burst, std::size_t transfer, Cycle now) {
  const FaultCode code = burst.write ? FaultCode::write_response : FaultCode::read_response;
  const auto instruction = finished_ + static_cast<std::uint32_t>(transfer);
  context_.control.failed({code, static_cast<std::uint8_t>(id_), instruction, burst.address}, now);
}

/// Finishes the oldest transfers whose bursts are all in place.
void TransferEngine::retire(Cycle now) {
  while (!transfers_.empty() && transfers_.front().complete()) {
    const Transfer transfer = transfers_.front();
    transfers_.pop_front();
    ++first_transfer_;
    accounting_.busy(now, transfer.instruction.at.layer);
    finish(transfer.instruction, transfer.start, now);
  }
}

/// Takes the next instruction if its semaphores can be taken.
bool TransferEngine::start_next(Cycle now) {
  if (!look_for_next(now)) return false;
  waiting_ = context_.semaphores.take(queue_[0].instruction, now, [](const SemaphoreWait&) { return true; });
  if (waiting_ != StallCause::none) return false;
  transfers_.push_back({pop(now), now});
  walk_ = BurstWalk(transfers_.back().instruction.transfer, link_.width_bytes,
                    static_cast<std::uint32_t>(config_.max_burst_beats));
  issue_ready_ = std::max(issue_ready_, now + config_.issue_cycles);
  return true;
}

/// Issues what may be issued this cycle; returns when the next burst may follow.
Cycle TransferEngine::generate(Cycle now) {
  if (transfers_.empty() || transfers_.back().all_issued) {
    if (!start_next(now)) return never;
  }
  if (issue_ready_ > now) return issue_ready_;
  if (static_cast<std::int64_t>(issued_.size()) >= config_.max_outstanding) return never;
  const RunPosition position = walk_.position();
  BurstWalk rest = walk_;
  Burst burst = rest.next();
  if (!has_room(burst)) return never;
  walk_ = rest;
  Transfer& transfer = transfers_.back();
  burst.initiator = initiator_;
  prepare(transfer.instruction, position, burst);
  ++transfer.open_bursts;
  issued_.push_back({first_transfer_ + transfers_.size() - 1, position});
  transfer.all_issued = walk_.done();
  accounting_.traffic(dram_bytes(burst.address, burst.bytes, static_cast<std::uint64_t>(config_.dram_access_bytes)),
                      transfer.instruction.at.layer);
  report(transfer.instruction, burst, now);
  port_.issue(burst, now);
  issue_ready_ = now + 1;
  return issue_ready_;
}

void TransferEngine::report(const Instruction& instruction, const Burst& burst, Cycle now) {
  if (context_.ports == nullptr) return;
  const std::uint32_t word = burst.bytes | (burst.write ? std::uint32_t{1} << 31 : 0);
  context_.ports->beat(port_of_engine(Port::load_activations_burst), &instruction, now,
                       static_cast<std::uint32_t>(burst.address), &word, sizeof word);
  if (!burst.write || !context_.data) return;
  beat_cycles_.assign(burst.beats, now);
  report_beats(instruction, burst);
}

/// The beats of a read, each in the cycle in which it is seen.
void TransferEngine::report_data(const Instruction& instruction, const Completion& completion) {
  beat_cycles_.clear();
  for (std::uint32_t i = 0; i < completion.burst.beats; ++i)
    beat_cycles_.push_back(std::max(link_.seen(completion.timing.port_start + i), completion.timing.data_start));
  report_beats(instruction, completion.burst);
}

/// One beat per word of the port's width, bytes in their lanes, zeros in the others, in beat_cycles_.
void TransferEngine::report_beats(const Instruction& instruction, const Burst& burst) {
  const std::uint32_t width = link_.width_bytes, lane = static_cast<std::uint32_t>(burst.address % width);
  beat_addresses_.clear();
  beat_data_.assign(std::size_t{burst.beats} * width, 0);
  std::copy_n(burst.data, burst.bytes, beat_data_.data() + lane);
  for (std::uint32_t i = 0; i < burst.beats; ++i)
    beat_addresses_.push_back(static_cast<std::uint32_t>(burst.address) - lane + i * width);
  PortBeats beats_of{port_of_engine(Port::load_activations_data), &instruction, burst.beats};
  beats_of.first_cycle = beat_cycles_[0];
  beats_of.cycles = beat_cycles_.data();
  beats_of.first_address = beat_addresses_[0];
  beats_of.addresses = beat_addresses_.data();
  beats_of.data = beat_data_.data();
  beats_of.word_bytes = width;
  context_.ports->beats(beats_of);
}

}  // namespace ernsim
