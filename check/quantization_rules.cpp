#include <fmt/format.h>

#include <algorithm>

#include "check/array_values.h"
#include "check/rules.h"

namespace ernsim::check {

namespace {

/// Which thresholds a channel has, and the code they give a value.
int code_of(const std::uint8_t* entry, int channel, int value) {
  std::uint64_t word = 0;
  for (int b = 7; b >= 0; --b) word = word << 8 | entry[8 * channel + b];
  int code = 0;
  for (int i = 0; i < 3; ++i) {
    auto threshold = static_cast<int>(word >> 17 * i & 0x1FFFF);
    if (threshold >= 0x10000) threshold -= 0x20000;
    code += (word >> 51 & 1) != 0 ? value <= threshold : value >= threshold;
  }
  return code;
}

int code_at(const std::uint8_t* word, int block, int channel) {
  auto plane = [&](const std::uint8_t* bits) { return bits[channel / 8] >> channel % 8 & 1; };
  return plane(word) + 2 * plane(word + block / 8);
}

class Quantizer {
 public:
  explicit Quantizer(const Subject& subject)
      : s_(subject),
        block_(static_cast<int>(s_.trace.parameter("convolution.block_channels"))),
        cores_(static_cast<int>(s_.trace.parameter("convolution.cores"))),
        bits_(static_cast<int>(s_.trace.parameter("memory.accumulator_bits"))),
        issue_(s_.trace.parameter("quantization.issue_cycles")),
        pipeline_(s_.trace.parameter("quantization.pipeline_cycles")),
        whole_(s_.trace.whole_until({"quantization.start", "quantization.end"})) {
    if (block_ < 8 || block_ > 64 || block_ % 8 != 0 || cores_ < 1 || bits_ < 2 || bits_ > 16)
      throw traces::TraceError(s_.trace.reader().file() + ": its parameters describe no quantizer");
    for (Port* port : {&f_, &r_, &q_, &codes_, &sums_}) {
      port->walk.emplace(s_.trace, port->channel);
      port->there = s_.trace.has(port->channel);
      whole_ = std::min(whole_, s_.trace.whole_until({port->channel}));
      if (port->there) continue;
      s_.report.lacks(port->channel, std::string("no beats of ") + port->channel);
      s_.report.lacks("quantization.values", std::string("no beats of ") + port->channel);
    }
    if (!s_.trace.has("quantization.end")) s_.report.lacks("quantization.end", "no channel quantization.end");
    if (!s_.trace.has("quantization.start")) s_.report.lacks("quantization.next", "no channel quantization.start");
  }

  std::vector<Span> check() {
    const auto& list = s_.executions.of(quantization);
    Cycle free = unknown;
    for (std::size_t i = 0; i < list.size() && list[i].start <= whole_; ++i) {
      const Execution& e = list[i];
      const bool next_known = i + 1 < list.size() && list[i + 1].start != unknown;
      until_ = next_known ? list[i + 1].start : never;
      check_start(s_, quantization, e, e.follows ? free : unknown, "quantization.next");
      free = e.op == nullptr || !fits(e.op->quantization) ? unknown : instruction(e);
    }
    return std::move(work_);
  }

 private:
  struct Port {
    explicit Port(const char* name) : channel(name) {}

    const char* channel;
    std::optional<Walk> walk;
    bool there = false;
    bool by_count = false;  ///< starts are not known
    Beats beats;
  };

  Place place(Cycle cycle, const Execution& e) const { return {cycle, "quantization", e.layer()}; }

  /// Returns when its last pixel has been read.
  Cycle instruction(const Execution& e) {
    const Quantization& o = e.op->quantization;
    const int rows = (o.rows + cores_ - 1) / cores_;
    if (e.start == unknown && !f_.walk->more()) return unknown;
    const Cycle first = e.start != unknown ? e.start + issue_ : f_.walk->cycle();
    const Cycle last = first + Cycle{rows} * o.columns;
    if (e.start != unknown) work_.push_back({e.start, last});
    if (whole_ != never && last + pipeline_ > whole_) return last;
    const bool complete = e.end != unknown;
    const auto pixels = static_cast<std::size_t>(o.rows) * static_cast<std::size_t>(o.columns);
    for (Port* port : {&f_, &r_, &q_}) take(*port, first, e.start == unknown, until_);
    for (Port* port : {&codes_, &sums_})
      take(*port, first + pipeline_, e.start == unknown, until_ == never ? never : until_ + issue_ + pipeline_);
    auto pass = [&](Port& port, bool used, int address, int stride, Cycle from) {
      return compare(e, port, used ? pixels : 0, rows, address, stride, from, complete);
    };
    bool right = pass(f_, true, o.accumulator_address, o.columns, first);
    right &= pass(r_, o.add_residual, o.residual_address, o.columns, first);
    right &= pass(codes_, o.emit_codes, o.code_address, o.code_row_stride, first + pipeline_);
    right &= pass(sums_, o.emit_sums, o.result_address, o.columns, first + pipeline_);
    right &= check_entry(e, first, complete);
    if (right) check_values(e);
    if (e.end != unknown)
      s_.report.expect("quantization.end", e.end == last + pipeline_, place(e.end, e), [&] {
        return fmt::format("instruction {} ends; its last pixel is read in cycle {}", e.number, last - 1);
      });
    return last;
  }

  /// What the port has of this instruction: until `until`, without starts as much as it says.
  void take(Port& port, Cycle from, bool by_count, Cycle until) {
    port.beats.clear();
    port.by_count = by_count;
    if (by_count) return;
    if (!s_.trace.from_start()) port.walk->skip_to(from);  // of instructions that are not known
    port.beats.take_before(*port.walk, until);
  }

  /// The cores read the same pixel of their rows together.
  bool compare(const Execution& e, Port& port, std::size_t pixels, int rows, int address, int stride, Cycle first,
               bool complete) {
    if (!port.there) return false;
    const Quantization& o = e.op->quantization;
    if (port.by_count) port.beats.take_before(*port.walk, never, pixels);
    std::size_t at = 0;
    bool right = true;
    for (int y = 0; y < rows && pixels > 0; ++y)
      for (int x = 0; x < o.columns; ++x)
        for (int row = y; row < o.rows; row += rows, ++at) {
          const auto word = static_cast<std::uint32_t>(address + row * stride + x);
          const Cycle cycle = first + Cycle{y} * o.columns + x;
          if (at >= port.beats.size()) {
            right = false;
            continue;
          }
          const bool same = port.beats.addresses[at] == word && port.beats.cycles[at] == cycle;
          right = right && same;
          s_.report.expect(port.channel, same, place(port.beats.cycles[at], e), [&] {
            return fmt::format("word {}, word {} in cycle {} expected", port.beats.addresses[at], word, cycle);
          });
        }
    const bool all = port.beats.size() == pixels;
    if (complete || port.beats.size() > pixels)
      s_.report.expect(port.channel, all, place(first, e), [&] {
        return fmt::format("{} words for instruction {}, {} expected", port.beats.size(), e.number, pixels);
      });
    return right && all;
  }

  bool check_entry(const Execution& e, Cycle first, bool complete) {
    if (!q_.there) return false;
    const Quantization& o = e.op->quantization;
    const std::size_t wanted = o.emit_codes && o.rows > 0 && o.columns > 0 ? 1 : 0;
    if (q_.by_count) q_.beats.take_before(*q_.walk, never, wanted);
    const bool right = q_.beats.size() == wanted &&
                       (wanted == 0 || (q_.beats.cycles[0] == first &&
                                        q_.beats.addresses[0] == static_cast<std::uint32_t>(o.threshold_entry)));
    if (complete || right)
      s_.report.expect("quantization.thresholds_in", right, place(first, e), [&] {
        return fmt::format("instruction {} reads {}; entry {} in cycle {} expected", e.number,
                           q_.beats.size() == 0
                               ? "nothing of Q"
                               : fmt::format("entry {} in cycle {}", q_.beats.addresses[0], q_.beats.cycles[0]),
                           o.threshold_entry, first);
      });
    return right;
  }

  void check_values(const Execution& e) {
    const Quantization& o = e.op->quantization;
    for (std::size_t i = 0; i < f_.beats.size(); ++i) {
      std::string shows;
      for (int c = 0; c < block_ && shows.empty(); ++c) {
        int sum = half_word(f_.beats.word(i), c);
        if (o.add_residual) sum = wrapped(sum + half_word(r_.beats.word(i), c), bits_);
        if (o.emit_sums && half_word(sums_.beats.word(i), c) != sum)
          shows = fmt::format("channel {}: sum {} is written, {} expected", c, half_word(sums_.beats.word(i), c), sum);
        if (!o.emit_codes) continue;
        const int code = code_of(q_.beats.word(0), c, sum), found = code_at(codes_.beats.word(i), block_, c);
        if (code != found) shows = fmt::format("channel {}: code {} is written, {} expected", c, found, code);
      }
      s_.report.expect("quantization.values", shows.empty(), place(f_.beats.cycles[i] + pipeline_, e),
                       [&] { return shows; });
    }
  }

  const Subject& s_;
  int block_, cores_, bits_;
  Cycle issue_, pipeline_, whole_;
  Cycle until_ = never;
  Port f_{"quantization.accumulators_in"}, r_{"quantization.residuals_in"}, q_{"quantization.thresholds_in"},
      codes_{"quantization.codes_out"}, sums_{"quantization.sums_out"};
  std::vector<Span> work_;
};

}  // namespace

std::vector<Span> check_quantization(const Subject& subject) {
  if (subject.executions.of(quantization).empty()) throw Missing("no instructions of the quantization unit");
  return Quantizer(subject).check();
}

}  // namespace ernsim::check
