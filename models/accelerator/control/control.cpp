#include "models/accelerator/control/control.h"

#include <algorithm>

#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim {

namespace {

constexpr std::uint32_t max_burst_beats = 16;  // AXI3

std::uint32_t instructions_per_burst(std::uint32_t width_bytes) {
  constexpr std::uint32_t most = 4;
  return std::clamp(max_burst_beats * width_bytes / static_cast<std::uint32_t>(instruction_bytes), 1U, most);
}

}  // namespace

Control::Control(Clock clock, const ControlConfig& config, std::int64_t port_width_bytes, SemaphoreBank& bank,
                 BurstPort& port, ControlListener& listener)
    : Clocked(clock),
      config_(config),
      width_bytes_(static_cast<std::uint32_t>(port_width_bytes)),
      semaphores_(bank),
      port_(port),
      listener_(listener) {}

std::uint32_t Control::read_register(std::size_t number) const {
  return number < registers_.size() ? registers_[number] : 0;
}

void Control::write_register(std::size_t number, std::uint32_t written, Cycle visible) {
  if (number >= registers_.size()) return;
  if (ports_ != nullptr)
    ports_->beat(Port::register_write, nullptr, visible, static_cast<std::uint32_t>(number), &written, sizeof written);
  if (number != static_cast<std::size_t>(Register::control)) {
    registers_[number] = written;
  } else if ((written & 1U) != 0 && !running_) {
    start_at_ = visible;
    wake(visible);
  }
}

void Control::completed(const Burst& burst, const BurstTiming& timing) {
  fetched_.push_back({burst, timing.done});
  wake(timing.done);
}

void Control::consumed(UnitId unit, Cycle now) {
  Stream& stream = streams_[static_cast<std::size_t>(unit)];
  settle(stream, now);
  ++stream.freed;
  stream.freed_at = now;
  wake(now + 1);
}

void Control::finished(UnitId unit, Cycle now) {
  streams_[static_cast<std::size_t>(unit)].finished = true;
  if (--unfinished_ == 0) {
    finish_at_ = now + 1;
    wake(finish_at_);
  }
}

Cycle Control::advance(Cycle now) {
  if (start_at_ <= now) start(now);
  dispatch(now);
  if (finish_at_ <= now) finish(now);
  Cycle next = std::min(start_at_, finish_at_);
  if (fetch(now)) next = std::min(next, now + 1);
  return fetched_.empty() ? next : std::min(next, fetched_.front().done);
}

void Control::start(Cycle now) {
  start_at_ = never;
  start_cycle_ = now;
  running_ = true;
  fetched_bytes_ = 0;
  registers_[static_cast<std::size_t>(Register::status)] = 1;
  std::array<std::uint16_t, semaphore_count> initial{};
  for (std::size_t i = 0; i < semaphore_count; ++i)
    initial[i] = static_cast<std::uint16_t>(value(Register::semaphore_initial, i));
  semaphores_.reset(initial);
  unfinished_ = 0;
  for (std::size_t i = 0; i < unit_count; ++i) {
    Stream& stream = streams_[i];
    stream.next_address = value(Register::stream_address, i);
    stream.end_address = stream.next_address + std::uint64_t{value(Register::stream_count, i)} * instruction_bytes;
    stream.free_slots = config_.queue_depth;
    stream.freed = 0;
    stream.arrived = 0;
    stream.finished = stream.next_address == stream.end_address;
    unfinished_ += stream.finished ? 0 : 1;
  }
  listener_.frame_started(now);
  if (unfinished_ == 0) finish_at_ = now + 1;
}

/// Hands the instructions of arrived bursts to their units.
void Control::dispatch(Cycle now) {
  while (!fetched_.empty() && fetched_.front().done <= now) {
    const Burst burst = fetched_.front().burst;
    const std::size_t unit = fetching_units_.front();
    fetched_.pop_front();
    fetching_units_.pop_front();
    for (std::uint32_t at = 0; at < burst.bytes; at += instruction_bytes) {
      const Instruction instruction = decode(static_cast<UnitId>(unit), burst.data + at);
      if (ports_ != nullptr)
        ports_->beat(Port::fetched, &instruction, now, streams_[unit].arrived++, burst.data + at, instruction_bytes);
      units_[unit]->push(instruction, now + 1);
    }
    streams_[unit].fetching = false;
    port_.release(burst);
  }
}

/// Counts the places that came free before `now`.
void Control::settle(Stream& stream, Cycle now) {
  if (stream.freed_at >= now) return;
  stream.free_slots += stream.freed;
  stream.freed = 0;
}

bool Control::may_fetch(const Stream& stream) const {
  const std::int64_t left = static_cast<std::int64_t>((stream.end_address - stream.next_address) / instruction_bytes);
  const std::int64_t wanted = std::min<std::int64_t>(left, instructions_per_burst(width_bytes_));
  return running_ && !stream.fetching && left > 0 && stream.free_slots >= wanted;
}

/// Issues one fetch burst; returns whether another may follow in the next cycle.
bool Control::fetch(Cycle now) {
  for (std::size_t i = 0; i < unit_count; ++i) {
    const std::size_t unit = (next_turn_ + i) % unit_count;
    Stream& stream = streams_[unit];
    settle(stream, now);
    if (!may_fetch(stream)) continue;
    const std::uint64_t wanted = instructions_per_burst(width_bytes_) * instruction_bytes;
    const std::uint64_t limit = std::min(stream.end_address, stream.next_address + wanted);
    Burst burst = next_burst(stream.next_address, limit, width_bytes_, max_burst_beats);
    burst.initiator = InitiatorId::control;
    stream.next_address += burst.bytes;
    stream.free_slots -= burst.bytes / static_cast<std::int64_t>(instruction_bytes);
    stream.fetching = true;
    fetched_bytes_ += dram_bytes(burst.address, burst.bytes, static_cast<std::uint64_t>(config_.dram_access_bytes));
    fetching_units_.push_back(unit);
    next_turn_ = unit + 1;
    if (ports_ != nullptr)
      ports_->beat(Port::fetch_burst, nullptr, now, static_cast<std::uint32_t>(burst.address), &burst.bytes,
                   sizeof burst.bytes);
    port_.issue(burst, now);
    return true;
  }
  return false;
}

void Control::finish(Cycle now) {
  finish_at_ = never;
  running_ = false;
  frame_cycles_ = now - start_cycle_;
  registers_[static_cast<std::size_t>(Register::status)] = 2;
  registers_[static_cast<std::size_t>(Register::frame_cycles_low)] = static_cast<std::uint32_t>(frame_cycles_);
  registers_[static_cast<std::size_t>(Register::frame_cycles_high)] = static_cast<std::uint32_t>(frame_cycles_ >> 32);
  if (ports_ != nullptr) ports_->beat(Port::interrupt, nullptr, now, 0, nullptr, 0);
  listener_.frame_finished(now);
}

}  // namespace ernsim
