#include "models/control/instruction_unit.h"

namespace ernsim {

InstructionUnit::InstructionUnit(UnitId id, const UnitContext& context)
    : Clocked(context.clock), id_(id), context_(context) {
  context_.semaphores.attach(id, *this);
  accounting_.observe(id, context_.observer);
}

void InstructionUnit::begin(Cycle now, std::size_t layer_count, bool has_stream) {
  accounting_.begin(now, layer_count);
  stream_done_ = !has_stream;
  waiting_ = StallCause::instructions;
  waiting_layer_ = 0;
}

void InstructionUnit::push(const Instruction& instruction, Cycle visible) {
  queue_.push_back({instruction, visible});
  wake(visible);
}

void InstructionUnit::close(Cycle now) { account_waiting(now); }

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
  return instruction;
}

void InstructionUnit::finish(const Instruction& instruction, Cycle start, Cycle now) {
  accounting_.instruction();
  context_.semaphores.post(instruction.posts, now);
  if (context_.observer != nullptr) context_.observer->instruction(instruction, start, now);
  if (instruction.last) context_.control.finished(id_, now);
}

}  // namespace ernsim
