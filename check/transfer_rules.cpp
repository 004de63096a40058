#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "check/axi_ports.h"
#include "check/bursts.h"
#include "check/load_words.h"
#include "check/rules.h"

namespace ernsim::check {

namespace {

/// One engine: its bursts in the order they are issued, each with its data, instruction by instruction.
class Engine {
 public:
  Engine(const Subject& subject, int unit)
      : s_(subject),
        unit_(unit),
        name_(unit_names[static_cast<std::size_t>(unit)]),
        issue_cycles_(s_.trace.parameter("dma.issue_cycles")),
        most_(static_cast<std::size_t>(s_.trace.parameter("dma.max_outstanding"))),
        most_beats_(static_cast<std::uint64_t>(s_.trace.parameter("dma.max_burst_beats"))),
        ports_(s_.trace),
        width_(ports_.width_bytes()),
        read_latency_ns_(s_.trace.number("interconnect.read_latency_ns")),
        write_latency_ns_(s_.trace.number("interconnect.write_latency_ns")),
        burst_(s_.trace, name_ + ".burst"),
        data_(s_.trace, name_ + ".data"),
        response_(s_.trace, "store.response"),
        has_done_(s_.trace.has(unit == store ? "store.response" : name_ + ".data")),
        synchronous_(s_.trace.begin() == 0),
        whole_(s_.trace.whole_until({name_ + ".start", name_ + ".end", name_ + ".burst", name_ + ".data",
                                     name_ + ".writes", "store.response"})) {
    if (most_beats_ == 0 || most_ == 0) throw Missing("a parameter is 0 that cannot be");
    if (unit != store) words_.emplace(s_.trace, s_.executions, s_.report, unit, width_);
    if (unit == load_activations && s_.trace.has_parameter("pixel_embedding.buffer_beats"))
      buffer_beats_ = s_.trace.parameter("pixel_embedding.buffer_beats");
    buffer_known_ = s_.trace.from_start();
    if (s_.trace.from_start()) last_seen_ = 0;
  }

  std::vector<BurstTime> check() {
    const auto& list = s_.executions.of(unit_);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Execution& e = list[i];
      if (e.start > whole_) break;
      if (e.start != unknown) skip_before(e.start);
      check_start(s_, unit_, e, e.follows ? free_ : unknown, "dma.next");
      const bool known_next = i + 1 < list.size() && list[i + 1].start != unknown;
      transfer(e, known_next ? list[i + 1].start : never);
      if (e.op == nullptr) end_before_ = unknown;
    }
    return std::move(times_);
  }

 private:
  Place place(Cycle cycle, const Execution& e) const { return {cycle, name_, e.layer()}; }

  /// Bursts of instructions that the trace does not know.
  void skip_before(Cycle start) {
    while (burst_.more() && burst_.cycle() < start) {
      if (s_.trace.begin() == 0 && s_.trace.all_layers())
        s_.report.expect("dma.cut", false, {burst_.cycle(), name_, burst_.layer()},
                         [&] { return fmt::format("a burst at {:#x} of no instruction", burst_.address()); });
      one_burst({}, false, nullptr);
    }
  }

  void transfer(const Execution& e, Cycle until) {
    if (words_) words_->begin(e, e.follows ? end_before_ : unknown);
    bool first = true;
    if (e.op != nullptr && e.op->transfer.inner_count > 0) {
      Nest nest(e.op->transfer, width_, most_beats_);
      bool right = true;
      while (right && !nest.done() && burst_.more() && burst_.cycle() <= whole_) {
        const Nest before = nest;
        const Cut expected = nest.next(), found = {burst_.address(), bytes()};
        right = expected == found && writes() == (unit_ == store);
        if (!right && burst_.cycle() >= until) break;  // it is another's
        s_.report.expect("dma.cut", right, place(burst_.cycle(), e), [&] {
          return fmt::format("instruction {}: {} of {} bytes at {:#x}, {} bytes at {:#x} expected", e.number,
                             writes() ? "a write" : "a read", found.bytes, found.address, expected.bytes,
                             expected.address);
        });
        one_burst(e, first, right ? &before : nullptr);
        first = false;
      }
      if (right && e.end != unknown && e.end <= whole_)
        s_.report.expect("dma.cut", nest.done(), place(e.end, e),
                         [&] { return fmt::format("instruction {} ends, and has bursts to issue", e.number); });
      complete_ = right && nest.done();
    } else {
      complete_ = false;
    }
    // What else there is before the next one starts is too much, or of an instruction that is not known.
    while (until != never && burst_.more() && burst_.cycle() < until) {
      if (complete_)
        s_.report.expect("dma.cut", false, place(burst_.cycle(), e), [&] {
          return fmt::format("instruction {}: a burst too many, at {:#x}", e.number, burst_.address());
        });
      complete_ = false;
      one_burst(e, first, nullptr);
      first = false;
    }
    free_ = last_issue_ == unknown ? unknown : last_issue_ + 1;
    check_end(e);
  }

  std::uint32_t bytes() const { return burst_.value() & 0x7FFFFFFF; }
  bool writes() const { return burst_.value() >> 31 != 0; }

  /// `nest` stands before the burst; null: it belongs to nothing that is known.
  void one_burst(const Execution& e, bool first, const Nest* nest) {
    const Cycle cycle = burst_.cycle();
    const Cut cut{burst_.address(), std::clamp(bytes(), 1U, 4096U)};
    if (e.op != nullptr) check_issue(e, cycle, first, beats_of(cut, width_));
    if (first && !synchronous_) synchronize(cycle);
    last_issue_ = cycle;
    burst_.next();
    times_.push_back({cycle, unknown, unknown, cut.address, beats_of(cut, width_), unknown, unknown});
    beats_.push_back(beats_of(cut, width_));
    if (unit_ == store)
      in_place_.push_back(take_stored(e, cycle, cut));
    else
      in_place_.push_back(synchronous_ ? take_loaded(e, cut, nest) : unknown);
    if (unit_ != store && in_place_.back() == unknown) {
      words_->lose();
      buffer_known_ = false;
    }
  }

  /// In a trace that begins later, data comes of bursts that it does not have, until nothing is under way.
  void synchronize(Cycle cycle) {
    if (end_before_ == unknown || end_before_ > cycle) return;
    synchronous_ = true;
    response_.skip_to(cycle + 1);
    if (unit_ != store) data_.skip_to(cycle + 1);
  }

  Cycle take_stored(const Execution& e, Cycle cycle, const Cut& cut) {
    take_store_data(e, cycle, cut);
    if (synchronous_) take_response(e, cut);
    return times_.back().done;
  }

  Cycle take_loaded(const Execution& e, const Cut& cut, const Nest* nest) {
    const auto brought = take_data(e, cut);
    const BurstTime& time = times_.back();
    if (nest == nullptr || time.done == unknown) return unknown;
    return words_->burst(e, {cut, nest->run(), nest->offset(), beat_cycles_, brought});
  }

  /// The first cycle in which the buffer behind the port has room for so many beats; unknown if that cannot be told.
  Cycle room_for(std::uint32_t beats) {
    if (buffer_beats_ == 0) return 0;
    if (!buffer_known_) return unknown;
    std::int64_t held = 0;
    for (std::size_t i = in_buffer_; i < beats_.size(); ++i) held += beats_[i];
    Cycle room = 0;
    std::size_t leaves = in_buffer_;
    for (; leaves < beats_.size() && held + beats > buffer_beats_; ++leaves) {
      if (in_place_[leaves] == unknown) return unknown;
      room = in_place_[leaves];
      held -= beats_[leaves];
    }
    in_buffer_ = leaves;  // it has left before the next burst is issued
    return room;
  }

  void check_issue(const Execution& e, Cycle cycle, bool first, std::uint32_t beats) {
    Cycle earliest = last_issue_ == unknown ? 0 : last_issue_ + 1;
    s_.report.expect("dma.rate", cycle >= earliest, place(cycle, e), [] { return "a second burst in the cycle"; });
    if (first && e.start != unknown) {
      earliest = std::max(earliest, e.start + issue_cycles_);
      s_.report.expect("dma.first", cycle >= e.start + issue_cycles_, place(cycle, e), [&] {
        return fmt::format("instruction {} starts in cycle {}, its first burst is issued", e.number, e.start);
      });
    }
    if (!has_done_ || e.start == unknown) return;
    if (times_.size() >= most_) {
      const Cycle done = in_place_[in_place_.size() - most_];
      if (done == unknown) return;
      s_.report.expect("dma.outstanding", cycle >= done, place(cycle, e), [&] {
        return fmt::format("a burst is issued while {} are under way, the oldest until cycle {}", most_, done);
      });
      earliest = std::max(earliest, done);
    } else if (!s_.trace.from_start()) {
      return;
    }
    const Cycle room = room_for(beats);
    if (room == unknown) return;
    if (buffer_beats_ > 0)
      s_.report.expect("pixel_embedding.buffer", cycle >= room, place(cycle, e), [&] {
        return fmt::format("a burst of {} beats is issued, the buffer has room for it from cycle {} on", beats, room);
      });
    earliest = std::max(earliest, room);
    s_.report.expect("dma.issue", cycle <= earliest, place(cycle, e),
                     [&] { return fmt::format("a burst that could be issued in cycle {}", earliest); });
  }

  /// The read data of a burst that was issued last.
  std::vector<std::uint8_t> take_data(const Execution& e, const Cut& cut) {
    const std::uint64_t first_lane = cut.address % width_, aligned = cut.address - first_lane;
    const std::uint32_t beats = beats_of(cut, width_);
    BurstTime& time = times_.back();
    bool right = data_.word_bytes() == width_ || !data_.more(), clean = true;
    std::vector<std::uint8_t> brought;
    beat_cycles_.clear();
    for (std::uint32_t b = 0; b < beats && data_.more(); ++b, data_.next()) {
      right = right && data_.address() == aligned + b * width_;
      beat_cycles_.push_back(data_.cycle());
      for (std::uint64_t lane = 0; lane < data_.word_bytes(); ++lane) {
        const std::uint64_t at = aligned + b * width_ + lane;
        if (at >= cut.address && at < cut.address + cut.bytes)
          brought.push_back(data_.data()[lane]);
        else
          clean = clean && data_.data()[lane] == 0;
      }
    }
    const Cycle before = std::exchange(last_seen_, beat_cycles_.empty() ? unknown : beat_cycles_.back());
    if (!beat_cycles_.empty()) time.data = beat_cycles_.front();
    if (beat_cycles_.size() == beats) time.done = beat_cycles_.back() + 1;
    if (time.data == unknown || (time.done == unknown && (e.end == unknown || e.end > whole_))) return brought;
    const Cycle released = ports_.later(ports_.visible(time.issued), read_latency_ns_);
    right = right && time.done != unknown && place_on_port(before, released);
    s_.report.expect("ports.beats", right && clean, place(time.data, e), [&] {
      return fmt::format("the data of the burst at {:#x} is not {} beats of consecutive AXI cycles from {:#x} on{}",
                         cut.address, beats, aligned, clean ? "" : " with lanes outside it 0");
    });
    check_latency(e, time.data, ports_.seen(released));
    return brought;
  }

  /// Whether the beats are seen as they are when they pass the port in consecutive cycles of its clock, none before
  /// those of the burst before, which were seen up to unit cycle `before`. Notes when that can have been.
  bool place_on_port(Cycle before, Cycle released) {
    BurstTime& time = times_.back();
    const auto beats = static_cast<Cycle>(beat_cycles_.size());
    const AxiPorts::Range last = ports_.seen_in(beat_cycles_.back());
    if (beat_cycles_.back() == before) {  // all of them may have been there earlier
      time.from = released;
      time.until = last.last + 1;
      return beat_cycles_.front() == before;
    }
    for (Cycle begin = last.first - beats + 1; begin <= last.last - beats + 1; ++begin) {
      bool fits = true;
      for (Cycle b = 0; b < beats && fits; ++b) {
        const Cycle cycle = beat_cycles_[static_cast<std::size_t>(b)];
        // Where nobody knows what was seen before, the first ones may have been held up.
        fits = before == unknown && cycle == beat_cycles_.front() ? ports_.seen(begin + b) <= cycle
                                                                  : cycle == std::max(ports_.seen(begin + b), before);
      }
      if (!fits) continue;
      if (time.from == unknown) time.from = std::max(begin, released);
      time.until = begin + beats;
    }
    return time.until != unknown;
  }

  void take_store_data(const Execution& e, Cycle cycle, const Cut& cut) {
    if (!s_.trace.has("store.data")) return;
    const std::uint64_t aligned = cut.address - cut.address % width_;
    bool right = true;
    data_.skip_to(s_.trace.begin() > 0 ? cycle : 0);
    for (std::uint32_t b = 0; b < beats_of(cut, width_) && data_.more(); ++b, data_.next())
      right = right && data_.cycle() == cycle && data_.address() == aligned + b * width_;
    s_.report.expect("ports.beats", right, place(cycle, e), [&] {
      return fmt::format("the burst at {:#x} has not its {} beats in the cycle it is issued", cut.address,
                         beats_of(cut, width_));
    });
  }

  void take_response(const Execution& e, const Cut& cut) {
    if (!has_done_) return;
    BurstTime& time = times_.back();
    if (!response_.more()) return;
    time.done = response_.cycle() + 1;
    s_.report.expect("ports.beats", response_.address() == cut.address, place(response_.cycle(), e), [&] {
      return fmt::format("a response for {:#x}, that for {:#x} expected", response_.address(), cut.address);
    });
    response_.next();
    time.from = ports_.visible(time.issued);
    time.until = ports_.earlier(ports_.seen_in(time.done - 1).last, write_latency_ns_);
    check_latency(e, time.done - 1, ports_.seen(ports_.later(time.from + time.beats, write_latency_ns_)));
  }

  void check_latency(const Execution& e, Cycle back, Cycle earliest) {
    s_.report.expect("ports.latency", back >= earliest, place(back, e),
                     [&] { return fmt::format("it comes {} cycles early", earliest - back); });
  }

  void check_end(const Execution& e) {
    const Cycle before = std::exchange(end_before_, e.end);
    if (!complete_ || e.end == unknown || e.end > whole_ || in_place_.empty() || in_place_.back() == unknown) return;
    if (e.follows && before == unknown) return;
    const Cycle expected = std::max(in_place_.back(), e.follows ? before : 0);
    s_.report.expect("dma.end", e.end == expected, place(e.end, e), [&] {
      return fmt::format("instruction {} ends; its last burst is done, and in place, in cycle {}", e.number, expected);
    });
  }

  const Subject& s_;
  int unit_;
  std::string name_;
  Cycle issue_cycles_;
  std::size_t most_;
  std::uint64_t most_beats_;
  AxiPorts ports_;
  std::uint64_t width_;
  double read_latency_ns_, write_latency_ns_;
  Walk burst_, data_, response_;
  bool has_done_;
  bool synchronous_;  ///< the next data beat, or response, is of the next burst
  Cycle whole_;
  std::optional<LoadWords> words_;
  std::vector<BurstTime> times_;  ///< [burst], as the next two
  std::vector<std::uint32_t> beats_;
  std::vector<Cycle> beat_cycles_;  ///< of the burst looked at
  Cycle last_seen_ = unknown;       ///< beat of a burst before
  std::vector<Cycle> in_place_;     ///< from then on its bytes are where they belong, or its response is there
  std::int64_t buffer_beats_ = 0;   ///< 0: no buffer holds bursts back
  bool buffer_known_ = true;        ///< what is in it is known
  std::size_t in_buffer_ = 0;       ///< the oldest burst that may be in it
  Cycle last_issue_ = unknown, free_ = unknown, end_before_ = unknown;
  bool complete_ = false;  ///< all bursts of the instruction were seen
};

}  // namespace

std::vector<BurstTime> check_transfers(const Subject& subject, int unit) {
  const std::string name = unit_names[static_cast<std::size_t>(unit)];
  subject.trace.require({name + ".burst"});
  for (const auto& [contract, channel] :
       std::map<const char*, std::string>{{"dma.first", ".start"}, {"dma.end", ".end"}, {"control.start", ".start"}})
    if (!subject.trace.has(name + channel)) subject.report.lacks(contract, "no channel " + name + channel);
  const std::string done = unit == store ? "store.response" : name + ".data";
  if (!subject.trace.has(done))
    for (const char* contract : {"dma.outstanding", "dma.end", "ports.beats", "ports.latency", "dma.issue"})
      subject.report.lacks(contract, "no channel " + done);
  return Engine(subject, unit).check();
}

}  // namespace ernsim::check
