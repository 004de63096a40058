#include <fmt/format.h>

#include <algorithm>

#include "check/bursts.h"
#include "check/rules.h"

namespace ernsim::check {

namespace {

constexpr std::uint32_t stream_address = 16;

/// One unit's stream while it is fetched.
struct Stream {
  std::uint64_t next = 0, end = 0;  ///< external addresses of what is left
  std::int64_t fetched = 0;         ///< instructions
  std::vector<Cycle> consumed;      ///< [instruction]: when it left the queue
  std::size_t gone = 0;             ///< of those, before the cycle looked at
  std::vector<Cycle> done;          ///< [instruction]: when its fetch was done
  Cycle arrives = unknown;          ///< the fetch under way is done in this cycle; unknown: none is under way
};

/// The fetch of one frame, burst by burst.
class FrameFetch {
 public:
  FrameFetch(const Subject& subject, int frame, std::size_t turn)
      : subject_(subject),
        depth_(subject.trace.parameter("control.queue_depth")),
        width_(static_cast<std::uint32_t>(subject.trace.parameter("interconnect.port_width_bytes"))),
        turn_(turn),
        may_(subject.executions.frames()[static_cast<std::size_t>(frame)].start) {
    const auto& registers = subject.executions.frames()[static_cast<std::size_t>(frame)].registers;
    for (int unit = 0; unit < unit_count; ++unit) {
      Stream& stream = streams_[static_cast<std::size_t>(unit)];
      const auto address = registers.find(stream_address + static_cast<std::uint32_t>(unit));
      if (address != registers.end()) stream.next = address->second;
      const auto length = std::max<std::int64_t>(0, subject.executions.stream_length(unit, frame));
      stream.end = stream.next + static_cast<std::uint64_t>(length) * instruction_bytes;
      for (const Execution& e : subject.executions.of(unit)) {
        if (e.frame != frame) continue;
        stream.consumed.push_back(e.start);
        if (e.fetched != unknown) stream.done.push_back(e.fetched);
      }
    }
  }

  void burst(const Walk& walk) {
    const Cycle cycle = walk.cycle();
    const Place place{cycle, "control", -1};
    const auto found = std::find_if(streams_.begin(), streams_.end(), [&](const Stream& stream) {
      return stream.next < stream.end && stream.next == walk.address();
    });
    const bool cut = found != streams_.end() && wanted(*found).bytes == walk.value();
    subject_.report.expect("control.fetch_cut", cut, place,
                           [&] { return fmt::format("{} bytes at {:#x} are fetched", walk.value(), walk.address()); });
    if (!cut) {
      lost_ = true;
      return;
    }
    if (lost_) return;
    const auto unit = static_cast<std::size_t>(found - streams_.begin());
    const bool room = may_be_fetched(*found, cycle);
    subject_.report.expect("control.fetch_room", room, place, [&] {
      return fmt::format("instructions {} and on of {} are fetched", found->fetched, unit_names[unit]);
    });
    const Cycle since = first_possible(cycle);
    subject_.report.expect("control.fetch_turn", !room || (since == cycle && next_in_turn(cycle) == unit), place, [&] {
      return since < cycle ? fmt::format("nothing was fetched in cycle {}, when one could be", since)
             : since > cycle
                 ? "a second burst is fetched in the cycle"
                 : fmt::format("{} is fetched, {} was next", unit_names[unit], unit_names[next_in_turn(cycle)]);
    });
    const std::int64_t instructions = walk.value() / static_cast<std::int64_t>(instruction_bytes);
    found->next += walk.value();
    found->fetched += instructions;
    const auto last = static_cast<std::size_t>(found->fetched - 1);
    found->arrives = last < found->done.size() ? found->done[last] : never;
    turn_ = unit + 1;
    may_ = cycle + 1;
  }

  std::size_t turn() const { return turn_; }

 private:
  Cut wanted(const Stream& stream) const {
    const std::uint64_t per_burst = std::clamp<std::uint64_t>(16 * width_ / instruction_bytes, 1, 4);
    return next_cut(stream.next, std::min(stream.end, stream.next + per_burst * instruction_bytes), width_, 16);
  }
  std::int64_t instructions_wanted(const Stream& stream) const {
    const std::uint64_t per_burst = std::clamp<std::uint64_t>(16 * width_ / instruction_bytes, 1, 4);
    return static_cast<std::int64_t>(std::min(per_burst, (stream.end - stream.next) / instruction_bytes));
  }
  bool may_be_fetched(Stream& stream, Cycle cycle) {
    return stream.next < stream.end && possible_from(stream) <= cycle;
  }
  /// The first cycle in which the stream's next burst may be fetched.
  Cycle possible_from(const Stream& stream) const {
    if (stream.next >= stream.end) return never;
    const std::int64_t to_leave = stream.fetched + instructions_wanted(stream) - depth_;
    Cycle room = 0;
    if (to_leave > 0)
      room = to_leave <= static_cast<std::int64_t>(stream.consumed.size())
                 ? stream.consumed[static_cast<std::size_t>(to_leave - 1)] + 1
                 : never;
    return std::max(room, stream.arrives == unknown ? 0 : stream.arrives);
  }
  /// The first cycle, not after `cycle` if that is one, in which some unit's instructions might be fetched.
  Cycle first_possible(Cycle) const {
    Cycle first = never;
    for (const Stream& stream : streams_) first = std::min(first, possible_from(stream));
    return std::max(first, may_);
  }
  std::size_t next_in_turn(Cycle cycle) {
    for (std::size_t i = 0; i < unit_count; ++i)
      if (may_be_fetched(streams_[(turn_ + i) % unit_count], cycle)) return (turn_ + i) % unit_count;
    return turn_ % unit_count;
  }

  const Subject& subject_;
  std::int64_t depth_;
  std::uint32_t width_;
  std::size_t turn_;
  Cycle may_;          ///< the next burst may be issued from here on
  bool lost_ = false;  ///< a burst made no sense: what is fetched when is not known any more
  std::array<Stream, unit_count> streams_;
};

}  // namespace

void check_start(const Subject& subject, int unit, const Execution& e, Cycle free, const char* next_contract) {
  const Place place{e.start, unit_names[static_cast<std::size_t>(unit)], e.layer()};
  if (e.start == unknown) return;
  if (free != unknown && next_contract != nullptr)
    subject.report.expect(next_contract, e.start >= free, place, [&] {
      return fmt::format("instruction {} starts; the unit is free for it in cycle {}", e.number, free);
    });
  if (e.fetched != unknown)
    subject.report.expect("control.arrival", e.start > e.fetched, place, [&] {
      return fmt::format("instruction {} starts, and was fetched in cycle {}", e.number, e.fetched);
    });
  if (e.fetched == unknown || e.credits == unknown || (free == unknown && !e.first)) return;
  const Cycle earliest = std::max({e.fetched + 1, e.credits, free});
  subject.report.expect("control.start", e.start <= earliest, place, [&] {
    return fmt::format("instruction {} starts {} cycles after it could", e.number, e.start - earliest);
  });
}

void check_fetch(const Subject& subject) {
  const Trace& trace = subject.trace;
  trace.require({"control.fetch_burst", "control.registers", "control.instructions"});
  std::vector<std::string> used{"control.fetch_burst", "control.registers", "control.instructions"};
  for (const char* unit : unit_names) used.push_back(std::string(unit) + ".start");
  for (const auto& channel : used) trace.require({channel});
  if (!trace.from_start()) throw Missing("the trace does not begin with the frame");
  const Cycle whole = trace.whole_until(used);
  std::optional<FrameFetch> fetch;
  int frame = 0;
  for (Walk walk(trace, "control.fetch_burst"); walk.more() && walk.cycle() <= whole; walk.next()) {
    const int now = subject.executions.frame_of(walk.cycle());
    if (now == 0) continue;
    if (!fetch || now != frame) fetch.emplace(subject, now, fetch ? fetch->turn() : 0);
    frame = now;
    fetch->burst(walk);
  }
}

void check_interrupt(const Subject& subject) {
  const Trace& trace = subject.trace;
  trace.require({"control.interrupt"});
  std::vector<std::string> used{"control.interrupt"};
  for (const char* unit : unit_names) used.push_back(std::string(unit) + ".end");
  for (const auto& channel : used) trace.require({channel});
  if (!trace.all_layers()) throw Missing("the trace has not all layers");
  const Cycle whole = trace.whole_until(used);
  for (Walk walk(trace, "control.interrupt"); walk.more() && walk.cycle() <= whole; walk.next()) {
    const int frame = subject.executions.frame_of(walk.cycle());
    Cycle last = unknown;
    std::string unfinished;
    for (int unit = 0; unit < unit_count; ++unit) {
      std::int64_t ended = 0;
      for (const Execution& e : subject.executions.of(unit)) {
        if (e.frame != frame || e.end == unknown) continue;
        last = std::max(last, e.end);
        ended = std::int64_t{e.number} + 1;
      }
      const std::int64_t length = subject.executions.stream_length(unit, frame);
      if (length != unknown && ended != length && trace.from_start())
        unfinished = unit_names[static_cast<std::size_t>(unit)];
    }
    subject.report.expect("control.interrupt", unfinished.empty() && (last == unknown || walk.cycle() == last + 1),
                          {walk.cycle(), "control", -1}, [&] {
                            return unfinished.empty() ? fmt::format("the last end is in cycle {}", last)
                                                      : fmt::format("{} has not finished its stream", unfinished);
                          });
  }
}

}  // namespace ernsim::check
