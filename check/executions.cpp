#include "check/executions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace ernsim::check {

namespace {

// Registers, models/accelerator/control/README.md.
constexpr std::uint32_t control_register = 0, stream_count = 23, semaphore_initial = 30;

std::string channel_of(int unit, const char* port) {
  return std::string(unit_names[static_cast<std::size_t>(unit)]) + port;
}

std::array<std::uint16_t, 4> coordinates(const Walk& walk) {
  std::array<std::uint16_t, 4> at{};
  std::memcpy(at.data(), walk.data(), std::min(sizeof at, walk.word_bytes()));
  return at;
}

}  // namespace

Executions::Executions(const Trace& trace, const Schedule* schedule, Report& report) : schedule_(schedule) {
  read_frames(trace);
  if (schedule != nullptr) read_schedule(*schedule);
  read_fetched(trace, report);
  for (int unit = 0; unit < unit_count; ++unit) {
    if (trace.has(channel_of(unit, ".start"))) {
      read_starts(trace, unit, report);
      read_ends(trace, unit, report);
    } else {
      list_known(trace, unit);
    }
  }
}

void Executions::read_frames(const Trace& trace) {
  frames_.emplace_back();
  std::map<std::uint32_t, std::uint32_t> registers;
  for (Walk walk(trace, "control.registers"); walk.more(); walk.next()) {
    if (walk.address() == control_register && (walk.value() & 1U) != 0)
      frames_.push_back({walk.cycle(), registers});
    else
      registers[walk.address()] = walk.value();
  }
}

int Executions::frame_of(Cycle cycle) const {
  const auto after = std::upper_bound(frames_.begin() + 1, frames_.end(), cycle,
                                      [](Cycle at, const Frame& frame) { return at < frame.start; });
  return static_cast<int>(after - frames_.begin()) - 1;
}

std::int64_t Executions::register_of(int frame, std::uint32_t number) const {
  const auto& registers = frames_[static_cast<std::size_t>(frame)].registers;
  const auto found = registers.find(number);
  return found == registers.end() ? unknown : std::int64_t{found->second};
}

std::int64_t Executions::stream_length(int unit, int frame) const {
  const std::int64_t written = register_of(frame, stream_count + static_cast<std::uint32_t>(unit));
  if (written != unknown || schedule_ == nullptr) return written;
  return static_cast<std::int64_t>(schedule_->streams[static_cast<std::size_t>(unit)].size());
}

std::int64_t Executions::initial_credits(std::size_t semaphore, int frame) const {
  const std::int64_t written = register_of(frame, semaphore_initial + static_cast<std::uint32_t>(semaphore));
  return written != unknown || schedule_ == nullptr ? written : std::int64_t{schedule_->initial_credits[semaphore]};
}

void Executions::read_schedule(const Schedule& schedule) {
  std::string fault;
  for (std::size_t unit = 0; unit < unit_count; ++unit)
    for (const auto& bytes : schedule.streams[unit]) scheduled_[unit].push_back(decode(bytes.data(), fault));
}

void Executions::read_fetched(const Trace& trace, Report& report) {
  if (!trace.has("control.instructions")) {
    for (const char* contract : {"control.instruction", "control.arrival"})
      report.lacks(contract, "no channel control.instructions");
    report.lacks("control.schedule", "no channel control.instructions");
    return;
  }
  if (schedule_ == nullptr) report.lacks("control.schedule", "no schedule given");
  for (Walk walk(trace, "control.instructions"); walk.more(); walk.next()) {
    if (walk.word_bytes() != instruction_bytes)
      throw traces::TraceError("control.instructions has no words of 64 bytes");
    std::string fault;
    const Instruction op = decode(walk.data(), fault);
    const std::string unit = op.unit < unit_count ? unit_names[static_cast<std::size_t>(op.unit)] : "control";
    const Place place{walk.cycle(), unit, op.at[0]};
    report.expect("control.instruction", fault.empty(), place,
                  [&] { return fmt::format("instruction {}: {}", walk.address(), fault); });
    if (!fault.empty()) continue;
    const auto u = static_cast<std::size_t>(op.unit);
    fetched_[u][{frame_of(walk.cycle()), walk.address()}] = {op, walk.cycle()};
    if (schedule_ == nullptr) continue;
    const auto& stream = schedule_->streams[u];
    const bool same = walk.address() < stream.size() &&
                      std::memcmp(stream[walk.address()].data(), walk.data(), instruction_bytes) == 0;
    report.expect("control.schedule", same, place,
                  [&] { return fmt::format("instruction {} of {} is not the schedule's", walk.address(), unit); });
  }
}

/// Fills in what is known of the instruction from elsewhere.
void Executions::look_up(int unit, Execution& execution) {
  const auto u = static_cast<std::size_t>(unit);
  const auto found = fetched_[u].find({execution.frame, execution.number});
  if (found != fetched_[u].end()) {
    execution.op = &found->second.op;
    execution.fetched = found->second.fetched;
  } else if (execution.number < scheduled_[u].size()) {
    execution.op = &scheduled_[u][execution.number];
  }
}

void Executions::read_starts(const Trace& trace, int unit, Report& report) {
  auto& list = of(unit);
  for (Walk walk(trace, channel_of(unit, ".start")); walk.more(); walk.next()) {
    Execution e;
    e.start = walk.cycle();
    e.number = walk.address();
    e.frame = frame_of(e.start);
    look_up(unit, e);
    const bool again =
        list.empty() || list.back().frame != e.frame || (e.number == 0 && !trace.has("control.registers"));
    e.first = e.number == 0;
    e.follows = !again && list.back().number + 1 == e.number;
    const Place place{e.start, unit_names[static_cast<std::size_t>(unit)], e.layer()};
    if (trace.all_layers() && !(again && trace.begin() > 0))
      report.expect("control.order", again ? e.number == 0 : e.follows, place, [&] {
        return fmt::format("instruction {} starts after {}", e.number,
                           again ? "none" : fmt::format("instruction {}", list.back().number));
      });
    if (e.op != nullptr)
      report.expect("control.order", e.op->at == coordinates(walk), place,
                    [&] { return fmt::format("instruction {} starts with others' coordinates", e.number); });
    list.push_back(e);
  }
}

void Executions::read_ends(const Trace& trace, int unit, Report& report) {
  auto& list = of(unit);
  const std::string channel = channel_of(unit, ".end");
  if (!trace.has(channel)) report.lacks("control.order", "no channel " + channel);
  const Cycle whole = trace.whole_until({channel_of(unit, ".start")});
  std::size_t at = 0;
  for (Walk walk(trace, channel); walk.more() && walk.cycle() <= whole; walk.next()) {
    const std::size_t before = at;
    while (at < list.size() && list[at].start <= walk.cycle() && list[at].number != walk.address()) ++at;
    const bool found = at < list.size() && list[at].number == walk.address() && list[at].start <= walk.cycle();
    const Place place{walk.cycle(), unit_names[static_cast<std::size_t>(unit)], walk.layer()};
    const bool early = before == 0 && !found && trace.begin() > 0;  // it began before the trace
    if (!early)
      report.expect("control.order", found && at == before && list[at].end == unknown, place, [&] {
        return fmt::format("instruction {} ends {}", walk.address(), found ? "out of order" : "without a start");
      });
    if (!found) {
      at = before;
      continue;
    }
    if (list[at].op != nullptr)
      report.expect("control.order", list[at].op->at == coordinates(walk), place,
                    [&] { return fmt::format("instruction {} ends with others' coordinates", walk.address()); });
    list[at++].end = walk.cycle();
  }
}

/// Without starts: what was fetched, or is scheduled, of the layers that the trace has.
void Executions::list_known(const Trace& trace, int unit) {
  const auto u = static_cast<std::size_t>(unit);
  if (trace.begin() > 0) return;
  auto add = [&](int frame, std::uint32_t number) {
    Execution e;
    e.frame = frame;
    e.number = number;
    look_up(unit, e);
    auto& list = of(unit);
    if (!trace.has_layer(e.layer())) return;
    e.first = number == 0;
    e.follows = !list.empty() && list.back().number + 1 == number;
    list.push_back(e);
  };
  for (const auto& [key, known] : fetched_[u]) add(key.first, key.second);
  if (!fetched_[u].empty()) return;
  for (std::size_t i = 0; i < scheduled_[u].size(); ++i) add(0, static_cast<std::uint32_t>(i));
}

}  // namespace ernsim::check
