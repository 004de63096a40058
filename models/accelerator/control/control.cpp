#include "models/accelerator/control/control.h"

#include <algorithm>
#include <stdexcept>

#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim {

namespace {

constexpr std::uint32_t max_burst_beats = 16;  // AXI3

std::uint32_t instructions_per_burst(std::uint32_t width_bytes) {
  constexpr std::uint32_t most = 4;
  return std::clamp(max_burst_beats * width_bytes / static_cast<std::uint32_t>(instruction_bytes), 1U, most);
}

/// Whether a write does more than change what a later frame is started with.
bool acts(std::size_t number) {
  return number == number_of(Register::control) || number == number_of(Register::interrupt_enable) ||
         number == number_of(Register::interrupt_status);
}

}  // namespace

std::uint32_t configuration_word(const ConvolutionConfig& array) {
  return register_map_version | static_cast<std::uint32_t>(array.block_channels) << 8 |
         static_cast<std::uint32_t>(array.lanes) << 16 | static_cast<std::uint32_t>(array.cores) << 20;
}

Control::Control(const AcceleratorConfig& config, SemaphoreBank& bank, BurstPort& port, ControlListener& listener)
    : Clocked(config.clock()),
      config_(config.control),
      width_bytes_(static_cast<std::uint32_t>(config.interconnect.port_width_bytes)),
      bounds_(config),
      semaphores_(bank),
      port_(port),
      listener_(listener),
      registers_(configuration_word(config.convolution)) {}

void Control::write_register(std::size_t number, std::uint32_t written, Cycle visible, std::uint32_t mask) {
  const std::uint32_t whole = (written & mask) | (registers_.read(number, visible) & ~mask);
  if (ports_ != nullptr)
    ports_->beat(Port::register_write, nullptr, visible, static_cast<std::uint32_t>(number), &whole, sizeof whole);
  registers_.write({number, written, mask, visible});
  if (!acts(number)) return;
  act_at_ = std::min(act_at_, visible);
  wake(visible);
}

void Control::drive_reset(bool high, Cycle visible) {
  (high ? reset_at_ : release_at_) = visible;
  wake(visible);
}

void Control::consumed(UnitId unit, Cycle now) {
  Stream& stream = streams_[unit];
  settle(stream, now);
  ++stream.freed;
  stream.freed_at = now;
  progress_ = true;
  wake(now + 1);
}

void Control::finished(UnitId unit, Cycle now) {
  if (!running_) return;
  streams_[unit].finished = true;
  if (--unfinished_ == 0) {
    finish_at_ = now + 1;
    wake(finish_at_);
  }
}

Cycle Control::advance(Cycle now) {
  take_writes(now);
  dispatch(now);
  if (reported_ && reported_->at < now) stop_for_fault(now);
  if (finish_at_ <= now) finish(now);
  if (halting_) end_halt(now);
  if (watch_at_ <= now) watch(now);
  const bool more = fetch(now);
  return more ? std::min(now + 1, next_event()) : next_event();
}

Cycle Control::next_event() const {
  Cycle next = std::min({act_at_, finish_at_, reset_at_, release_at_, watch_at_});
  if (reported_) next = std::min(next, reported_->at + 1);
  return fetched_.empty() ? next : std::min(next, fetched_.front().done);
}

/// Carries out the register writes that are due, and the reset input.
void Control::take_writes(Cycle now) {
  if (std::min({act_at_, reset_at_, release_at_}) > now) return;
  act_at_ = never;
  if (reset_at_ <= now) {
    reset_at_ = never;
    held_ = true;
    reset(now);
  }
  if (release_at_ <= now) {
    release_at_ = never;
    held_ = false;
  }
  for (RegisterWrite write; registers_.take(now, write);) {
    if (write.number == number_of(Register::control)) command(write, now);
    if (acts(write.number)) drive_interrupt(now);
  }
  act_at_ = registers_.next();  // there may be more, of later cycles
}

void Control::command(const RegisterWrite& write, Cycle now) {
  const std::uint32_t bits = write.value & write.mask;
  if ((bits & control_reset) != 0) return reset(now);
  if ((bits & control_start) == 0 || held_ || fault_.code != FaultCode::none) return;
  if (running_ || halting_) return failed({FaultCode::start_while_busy, controller_unit, 0, 0}, now);
  start(now);
}

/// Hands the instructions of arrived bursts to their units.
void Control::dispatch(Cycle now) {
  while (!fetched_.empty() && fetched_.front().done <= now) {
    const Fetched fetched = fetched_.front();
    const UnitId unit = fetching_units_.front();
    fetched_.pop_front();
    fetching_units_.pop_front();
    if (!halting_) hand_out(fetched, unit, now);
    streams_[unit].fetching = false;
    port_.release(fetched.burst);
  }
}

void Control::hand_out(const Fetched& fetched, UnitId unit, Cycle now) {
  const Burst& burst = fetched.burst;
  Stream& stream = streams_[unit];
  Instruction instruction;
  for (std::uint32_t at = 0; at < burst.bytes; at += instruction_bytes) {
    const FaultCode code =
        fetched.failed ? FaultCode::fetch_response : judge(unit, burst.data + at, stream, instruction);
    if (code != FaultCode::none)
      return failed({code, static_cast<std::uint8_t>(unit), stream.arrived, burst.address + at}, now);
    if (ports_ != nullptr)
      ports_->beat(Port::fetched, &instruction, now, stream.arrived, burst.data + at, instruction_bytes);
    ++stream.arrived;
    units_[unit]->push(instruction, now + 1);
  }
}

/// Decodes the next instruction of a stream; what is wrong with it, none if it may be executed.
FaultCode Control::judge(UnitId unit, const std::uint8_t* bytes, const Stream& stream, Instruction& instruction) const {
  if (!parity_holds(bytes)) return FaultCode::instruction_parity;
  try {
    instruction = decode(unit, bytes);
  } catch (const std::runtime_error&) {
    return FaultCode::instruction_field;
  }
  const bool final = stream.arrived + 1 == stream.count;
  if (instruction.last && !final) return FaultCode::stream_too_long;
  if (!instruction.last && final) return FaultCode::stream_too_short;
  return bounds_.check(instruction);
}

void Control::completed(const Burst& burst, const BurstTiming& timing) {
  fetched_.push_back({burst, timing.done, timing.failed});
  wake(timing.done);
}

void Control::start(Cycle now) {
  start_cycle_ = now;
  running_ = true;
  done_ = false;
  fetched_bytes_ = 0;
  registers_.set(Register::interrupt_status, 0);
  show_status();
  drive_interrupt(now);
  std::array<std::uint16_t, semaphore_count> initial{};
  for (std::size_t i = 0; i < semaphore_count; ++i)
    initial[i] = static_cast<std::uint16_t>(value(Register::semaphore_initial, i));
  semaphores_.reset(initial);
  set_up_streams();
  const std::uint32_t codes = value(Register::embedding_codes);
  if (codes > max_embedding_codes) failed({FaultCode::register_value, controller_unit, 0, 0}, now);
  bounds_.embed(std::min<std::size_t>(codes, max_embedding_codes));
  progress_ = false;
  if (value(Register::watchdog_cycles) != 0) watch_at_ = now + value(Register::watchdog_cycles);
  listener_.frame_started(now, registers_.pair(Register::base_address_low));
  if (unfinished_ == 0) finish_at_ = now + 1;
}

void Control::set_up_streams() {
  unfinished_ = 0;
  for (const UnitId unit : each<UnitId>()) {
    Stream& stream = streams_[unit];
    stream = Stream{};
    stream.count = value(Register::stream_count, index_of(unit));
    stream.next_address = value(Register::stream_address, index_of(unit));
    stream.end_address = stream.next_address + std::uint64_t{stream.count} * instruction_bytes;
    stream.free_slots = config_.queue_depth;
    stream.finished = stream.count == 0;
    unfinished_ += stream.finished ? 0 : 1;
  }
}

/// Counts the places that came free before `now`.
void Control::settle(Stream& stream, Cycle now) {
  if (stream.freed_at >= now) return;
  stream.free_slots += stream.freed;
  stream.freed = 0;
}

bool Control::may_fetch(const Stream& stream) const {
  const auto left = static_cast<std::int64_t>((stream.end_address - stream.next_address) / instruction_bytes);
  const std::int64_t wanted = std::min<std::int64_t>(left, instructions_per_burst(width_bytes_));
  return running_ && !stream.fetching && left > 0 && stream.free_slots >= wanted;
}

/// Issues one fetch burst; returns whether another may follow in the next cycle.
bool Control::fetch(Cycle now) {
  for (std::size_t i = 0; i < unit_count; ++i) {
    const UnitId unit = after(next_turn_, i);
    settle(streams_[unit], now);
    if (!may_fetch(streams_[unit])) continue;
    next_turn_ = after(unit);
    issue_fetch(unit, now);
    return true;
  }
  return false;
}

void Control::issue_fetch(UnitId unit, Cycle now) {
  Stream& stream = streams_[unit];
  const std::uint64_t wanted = instructions_per_burst(width_bytes_) * instruction_bytes;
  const std::uint64_t limit = std::min(stream.end_address, stream.next_address + wanted);
  Burst burst = next_burst(stream.next_address, limit, width_bytes_, max_burst_beats);
  burst.initiator = InitiatorId::control;
  stream.next_address += burst.bytes;
  stream.free_slots -= burst.bytes / static_cast<std::int64_t>(instruction_bytes);
  stream.fetching = true;
  fetched_bytes_ += dram_bytes(burst.address, burst.bytes, static_cast<std::uint64_t>(config_.dram_access_bytes));
  fetching_units_.push_back(unit);
  if (ports_ != nullptr)
    ports_->beat(Port::fetch_burst, nullptr, now, static_cast<std::uint32_t>(burst.address), &burst.bytes,
                 sizeof burst.bytes);
  port_.issue(burst, now);
}

void Control::finish(Cycle now) {
  finish_at_ = watch_at_ = never;
  running_ = false;
  done_ = true;
  frame_cycles_ = now - start_cycle_;
  show_status();
  registers_.set_pair(Register::frame_cycles_low, static_cast<std::uint64_t>(frame_cycles_));
  if (ports_ != nullptr) ports_->beat(Port::interrupt, nullptr, now, 0, nullptr, 0);
  listener_.frame_finished(now);
  raise(interrupt_done, now);
}

void Control::show_status() {
  const bool busy = running_ || halting_, error = fault_.code != FaultCode::none;
  registers_.set(Register::status, (busy ? status_busy : 0) | (done_ ? status_done : 0) | (error ? status_error : 0));
}

void Control::raise(std::uint32_t interrupt, Cycle now) {
  registers_.set(Register::interrupt_status, value(Register::interrupt_status) | interrupt);
  drive_interrupt(now);
}

void Control::drive_interrupt(Cycle now) {
  const bool high = (value(Register::interrupt_status) & value(Register::interrupt_enable)) != 0;
  if (high == interrupt_) return;
  interrupt_ = high;
  listener_.interrupt_changed(high, now);
}

}  // namespace ernsim
