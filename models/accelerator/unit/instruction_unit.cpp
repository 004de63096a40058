#include "models/accelerator/unit/instruction_unit.h"

#include <algorithm>

namespace ernsim {

InstructionUnit::InstructionUnit(UnitId id, const UnitContext& context)
    : Clocked(context.clock), id_(id), context_(context) {
  context_.semaphores.attach(id, *this);
  if (context.ports != nullptr) accounting_.observe(*context.ports, port_of(Port::stall, id));
  accounting_.observe(id, context_.observer);
}

void InstructionUnit::begin(Cycle now, std::size_t layer_count, bool has_stream) {
  accounting_.begin(now, layer_count);
  started_ = finished_ = 0;
  stream_done_ = !has_stream;
  wake(now + 1);
  waiting_ = StallCause::instructions;
  waiting_layer_ = 0;
}

void InstructionUnit::push(const Instruction& instruction, Cycle visible) {
  queue_.push_back({instruction, visible});
  wake(visible);
}

void InstructionUnit::halt(Cycle visible) {
  halt_at_ = visible;
  wake(visible);
}

Cycle InstructionUnit::advance(Cycle now) {
  if (halt_at_ <= now) stop();
  if (!halted_) {
    book(now);
    return step(now);
  }
  if (drain(now)) {
    halted_ = false;
    context_.control.stopped(id_, now);
  }
  return never;
}

void InstructionUnit::book(Cycle now) {
  const Doing done = doing();
  if (done.kind == Doing::Kind::apart) return;
  accounting_.busy(std::min(now, done.busy_until), done.layer);
  if (done.kind == Doing::Kind::holds)
    accounting_.stalled(done.then, now, done.layer);
  else
    account_waiting(now);
}

void InstructionUnit::stop() {
  halt_at_ = never;
  halted_ = true;
  queue_.clear();
  stream_done_ = true;
  clear();
}

void InstructionUnit::close(Cycle now) {
  account_waiting(now);
  accounting_.close();
}

void InstructionUnit::account_waiting(Cycle now) {
  if (stream_done_)
    accounting_.idle(now);
  else
    accounting_.stalled(waiting_, now, waiting_layer_);
}

bool InstructionUnit::look_for_next(Cycle now) {
  waiting_ = StallCause::instructions;
  if (!has_queued(0, now)) return false;
  waiting_layer_ = queue_[0].instruction.at.layer;
  return true;
}

Instruction InstructionUnit::pop(Cycle now) {
  const Instruction instruction = queue_.front().instruction;
  queue_.pop_front();
  if (instruction.last) stream_done_ = true;
  context_.control.consumed(id_, now);
  report(Port::instruction_start, instruction, started_++, now);
  return instruction;
}

void InstructionUnit::finish(const Instruction& instruction, Cycle start, Cycle now) {
  accounting_.instruction(work_of(instruction), instruction.at.layer);
  report(Port::instruction_end, instruction, finished_++, now);
  context_.semaphores.post(instruction.posts, now);
  if (context_.observer != nullptr) context_.observer->instruction(instruction, start, now);
  if (instruction.last) context_.control.finished(id_, now);
}

void InstructionUnit::report(Port first, const Instruction& instruction, std::uint32_t number, Cycle now) {
  if (context_.ports == nullptr) return;
  const std::array<std::uint16_t, 4> at{instruction.at.layer, instruction.at.block, instruction.at.row,
                                        instruction.at.column};
  context_.ports->beat(port_of(first, id_), &instruction, now, number, at.data(), sizeof at);
}

}  // namespace ernsim
