#include "rtl/design_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim::rtl {

namespace {

constexpr std::size_t most_pushes = 4;

[[noreturn]] void fail(UnitId id, Cycle now, const std::string& what) {
  throw std::runtime_error(fmt::format("RTL of {}, cycle {}: {}", name_of(id), now, what));
}

}  // namespace

DesignUnit::DesignUnit(UnitId id, const UnitContext& context, std::unique_ptr<Design> design,
                       std::vector<std::uint8_t> waited)
    : InstructionUnit(id, context), waited_(std::move(waited)), design_(std::move(design)) {
  pins_.credits.resize(waited_.size());
}

void DesignUnit::link(std::vector<MemoryLink> reads, std::vector<MemoryLink> writes) {
  reads_ = std::move(reads);
  writes_ = std::move(writes);
  for (const MemoryLink& read : reads_) pins_.reads.push_back({false, 0, Bytes(read.memory.word_bytes)});
  for (const MemoryLink& write : writes_) pins_.writes.push_back({false, 0, Bytes(write.memory.word_bytes)});
}

/// The design is reset before it is clocked again.
void DesignUnit::clear() {
  is_reset_ = false;
  held_.clear();
  offered_ = 0;
}

Cycle DesignUnit::step(Cycle now) {
  if (!has_work()) return never;
  if (!is_reset_) design_->reset();
  is_reset_ = true;
  offer(now);
  design_->cycle(pins_);
  access(now);
  observe(now);
  pass_on_strays(now);
  return has_work() ? now + 1 : never;
}

/// Posts and the end of the stream, should the design report them apart from the instruction they belong to.
void DesignUnit::pass_on_strays(Cycle now) {
  if (pins_.done_last && !stream_done_)
    fail(id_, now, "it reports the end of its stream before it has taken all of it");
  if (pins_.finished) return;
  if (pins_.posts != 0) context_.semaphores.post(pins_.posts, now);
  if (pins_.done_last) context_.control.finished(id_, now);
}

/// Instructions that are seen from `now` on, and the credits that can be taken in `now`.
void DesignUnit::offer(Cycle now) {
  pins_.pushes.clear();
  for (std::size_t i = 0; i < most_pushes && has_queued(offered_, now); ++i, ++offered_) {
    pins_.pushes.resize((i + 1) * instruction_bytes);
    encode(queue_[offered_].instruction, pins_.pushes.data() + i * instruction_bytes);
  }
  for (std::size_t w = 0; w < waited_.size(); ++w)
    pins_.credits[w] = static_cast<std::uint16_t>(context_.semaphores.credits(waited_[w], now));
}

/// Reads see the memories as they are before this cycle's writes.
void DesignUnit::access(Cycle now) {
  for (std::size_t i = 0; i < reads_.size(); ++i) {
    ReadPins& pins = pins_.reads[i];
    if (!pins.enabled) continue;
    if (pins.address >= reads_[i].memory.words)
      fail(id_, now, fmt::format("read port {} has address {}", i, pins.address));
    std::memcpy(pins.data.data(), reads_[i].memory.word(pins.address), pins.data.size());
    if (reads_[i].beats != nullptr) reads_[i].beats->add(now, pins.address, pins.data);
  }
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    const WritePins& pins = pins_.writes[i];
    if (!pins.enabled) continue;
    if (pins.address >= writes_[i].memory.words)
      fail(id_, now, fmt::format("write port {} has address {}", i, pins.address));
    std::memcpy(writes_[i].memory.word(pins.address), pins.data.data(), pins.data.size());
    if (writes_[i].beats != nullptr) writes_[i].beats->add(now, pins.address, pins.data);
  }
}

void DesignUnit::finish_oldest(Cycle now) {
  if (held_.empty()) fail(id_, now, "it finishes an instruction that it has not taken");
  const Held done = held_.front();
  report_beats(done.instruction);
  held_.pop_front();
  Instruction reported = done.instruction;
  reported.posts = pins_.posts;
  reported.last = pins_.done_last;
  finish(reported, done.start, now);
}

const Instruction& DesignUnit::start_head(Cycle now, std::optional<std::uint8_t> later) {
  if (offered_ == 0 || !has_queued(0, now)) fail(id_, now, "it takes an instruction that is not there");
  for (std::size_t w = 0; w < waited_.size(); ++w)
    if (waited_[w] != later) take(queue_[0].instruction, now, w);
  --offered_;
  held_.push_back({pop(now), now});
  return held_.back().instruction;
}

void DesignUnit::take(const Instruction& instruction, Cycle now, std::size_t wait) {
  const SemaphoreWait taken{waited_[wait], pins_.takes[wait]};
  if (taken.count == 0) return;
  if (taken.count > pins_.credits[wait])
    fail(id_, now,
         fmt::format("it takes {} of {} credits of semaphore {}", taken.count, pins_.credits[wait], taken.semaphore));
  context_.semaphores.take(instruction, now, taken);
}

}  // namespace ernsim::rtl
