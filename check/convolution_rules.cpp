#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "check/array.h"
#include "check/array_values.h"
#include "check/pane_loader.h"
#include "check/sweep.h"

namespace ernsim::check {

namespace {

/// The convolution unit, instruction by instruction and pane by pane. When a sweep began follows from what it writes to
/// F, because padding reads nothing.
class Arrays {
 public:
  explicit Arrays(const Subject& subject)
      : s_(subject),
        array_(s_.trace),
        out_(s_.trace, "convolution.accumulators_out"),
        in_(s_.trace, "convolution.accumulators_in"),
        codes_(s_.trace, "convolution.activations_in"),
        loader_(s_, array_),
        has_in_(s_.trace.has("convolution.accumulators_in")),
        has_codes_(s_.trace.has("convolution.activations_in")),
        whole_(s_.trace.whole_until({"convolution.start", "convolution.end", "convolution.accumulators_out",
                                     "convolution.accumulators_in", "convolution.activations_in",
                                     "convolution.weights_in"})) {
    if (!has_in_) lack({"convolution.accumulators_in", "convolution.values"}, "convolution.accumulators_in");
    if (!has_codes_) lack({"convolution.activations_in", "convolution.values"}, "convolution.activations_in");
    if (!loader_.there())
      lack({"convolution.weights_in", "convolution.pane", "convolution.values"}, "convolution.weights_in");
    if (!s_.trace.has("convolution.start")) lack({"convolution.first_step", "convolution.next"}, "convolution.start");
    if (!s_.trace.has("convolution.end")) lack({"convolution.end"}, "convolution.end");
  }

  std::vector<Span> check() {
    const auto& list = s_.executions.of(convolution);
    for (std::size_t i = 0; i < list.size() && list[i].start <= whole_; ++i) {
      const Execution& e = list[i];
      const bool next_known = i + 1 < list.size() && list[i + 1].start != unknown;
      until_ = next_known ? list[i + 1].start : never;
      if (e.op == nullptr || !fits(e.op->convolution)) {
        forget();
        continue;
      }
      check_start(s_, convolution, e, e.follows ? free_ : unknown, "convolution.next");
      if (!instruction(e)) forget();
    }
    return std::move(work_);
  }

 private:
  void lack(std::initializer_list<const char*> contracts, const std::string& channel) {
    for (const char* contract : contracts) s_.report.lacks(contract, "no beats of " + channel);
  }
  Place place(Cycle cycle, const Execution& e) const { return {cycle, "convolution", e.layer()}; }
  /// The instruction is not known, or its beats make no sense: nothing is known of the next one's surroundings.
  void forget() {
    free_ = sweep_ = unknown;
    loader_.lose();
  }

  bool instruction(const Execution& e) {
    const Convolution& o = e.op->convolution;
    if (e.start != unknown) {
      leave_out(e, out_, "convolution.accumulators_out", e.start + array_.pipeline);
      leave_out(e, in_, "convolution.accumulators_in", e.start + array_.pipeline - 1);
      leave_out(e, codes_, "convolution.activations_in", e.start);
    }
    seen_ = true;
    tile_ = pixels_of(array_, o);
    for (std::int64_t pane = 0; pane < array_.panes(o); ++pane) {
      const Sweep steps = sweep_of(array_, o, pane, tile_);
      const Cycle length = std::max(steps.cycles(), array_.pipeline);
      written_.clear();
      const Cycle limit = until_ == never ? never : std::max(until_, e.end) + array_.pipeline;
      while (out_.more() && out_.cycle() < limit && written_.size() < tile_.size()) written_.take(out_);
      if (written_.size() < tile_.size()) {
        if (e.end != unknown && e.end <= whole_)
          s_.report.expect("convolution.accumulators_out", false, place(e.end, e), [&] {
            return fmt::format("instruction {} ends, and pane {} of {} has written {} of {} words", e.number, pane,
                               array_.panes(o), written_.size(), tile_.size());
          });
        return false;
      }
      const Cycle sweep = written_.cycles.front() - array_.pipeline - steps.steps.front();
      if (whole_ != never && sweep + length + array_.pipeline > whole_) return false;
      check_sweep(e, pane, sweep);
      if (pane == 0 && e.start != unknown) work_.push_back({e.start, e.start + array_.issue});
      note_steps(sweep, steps);
      check_written(e, sweep, steps);
      check_sums_read(e, pane, sweep, sweep + length);
      check_codes_read(e, pane, sweep, steps);
      sweep_ = sweep;
      length_ = length;
      check_values(e, pane);
    }
    free_ = sweep_ + length_;
    if (e.end != unknown)
      s_.report.expect("convolution.end", e.end == free_ + array_.pipeline, place(e.end, e), [&] {
        return fmt::format("instruction {} ends; its last sweep ended in cycle {}", e.number, free_);
      });
    return true;
  }

  void note_steps(Cycle sweep, const Sweep& steps) {
    work_.push_back({sweep + steps.steps.front(), sweep + steps.steps.front()});
    for (const Cycle step : steps.steps)
      if (work_.back().end == sweep + step)
        ++work_.back().end;
      else
        work_.push_back({sweep + step, sweep + step + 1});
  }

  /// Beats before `first` are of no instruction that is known, or there should be none.
  void leave_out(const Execution& e, Walk& walk, const char* contract, Cycle first) {
    const bool known = s_.trace.begin() == 0 && (sweep_ != unknown || !seen_);
    for (; walk.more() && walk.cycle() < first; walk.next())
      if (known)
        s_.report.expect(contract, false, place(walk.cycle(), e),
                         [&] { return fmt::format("word {} on {} for no instruction", walk.address(), contract); });
  }

  void check_sweep(const Execution& e, std::int64_t pane, Cycle sweep) {
    const Cycle loaded = loader_.load(e, pane, sweep_);
    const bool open = loaded == unknown;  // when the pane was loaded is not known
    auto shows = [&](const char* what, Cycle expected) {
      return fmt::format("{} of instruction {}, pane {}; cycle {} expected", what, e.number, pane, expected);
    };
    if (pane == 0) {
      if (e.start == unknown) return;
      const Cycle expected = std::max(e.start + array_.issue, loaded);
      s_.report.expect("convolution.first_step", open ? sweep >= expected : sweep == expected, place(sweep, e),
                       [&] { return shows("first step", expected); });
    } else if (sweep_ != unknown) {
      const Cycle expected = std::max(sweep_ + length_, loaded);
      s_.report.expect("convolution.sweep", open ? sweep >= expected : sweep == expected, place(sweep, e),
                       [&] { return shows("the sweep", expected); });
    }
  }

  void check_written(const Execution& e, Cycle sweep, const Sweep& steps) {
    const Convolution& o = e.op->convolution;
    for (std::size_t i = 0; i < tile_.size(); ++i) {
      const TilePixel& pixel = tile_[i];
      const auto address = static_cast<std::uint32_t>(o.output_address + pixel.y * o.out_columns + pixel.x);
      const Cycle cycle = sweep + array_.pipeline + steps.steps[static_cast<std::size_t>(pixel.step)];
      s_.report.expect("convolution.accumulators_out", written_.addresses[i] == address && written_.cycles[i] == cycle,
                       place(written_.cycles[i], e), [&] {
                         return fmt::format("word {} of F is written, word {} in cycle {} expected",
                                            written_.addresses[i], address, cycle);
                       });
    }
  }

  void check_sums_read(const Execution& e, std::int64_t pane, Cycle sweep, Cycle sweep_end) {
    read_.clear();
    read_.take_before(in_, sweep_end + array_.pipeline - 1);
    if (has_in_) {
      const bool overwrites = pane == 0 && !e.op->convolution.accumulate;
      bool right = read_.size() == (overwrites ? 0 : written_.size());
      for (std::size_t i = 0; right && i < read_.size(); ++i)
        right = read_.addresses[i] == written_.addresses[i] && read_.cycles[i] == written_.cycles[i] - 1;
      s_.report.expect("convolution.accumulators_in", right, place(sweep, e), [&] {
        return fmt::format("pane {} of instruction {} reads {} words of F, not those it writes, a cycle before", pane,
                           e.number, read_.size());
      });
    }
  }

  void check_codes_read(const Execution& e, std::int64_t pane, Cycle sweep, const Sweep& steps) {
    taps_.clear();
    for (const TilePixel& pixel : tile_) taps_.push_back(taps_of(array_, e.op->convolution, pane, pixel));
    if (!has_codes_) return;
    taken_.clear();
    taken_.take_before(codes_, sweep + steps.cycles());
    std::size_t at = 0;
    const std::vector<SweepRead>& expected = steps.reads;
    bool right = expected.size() == taken_.size();
    for (; right && at < expected.size(); ++at)
      right = taken_.cycles[at] == sweep + expected[at].cycle && taken_.addresses[at] == expected[at].address;
    codes_right_ = right;
    s_.report.expect("convolution.activations_in", right, place(sweep, e), [&] {
      if (expected.size() != taken_.size())
        return fmt::format("pane {} of instruction {} reads {} words of A, {} expected", pane, e.number, taken_.size(),
                           expected.size());
      return fmt::format("word {} of A is read in cycle {}, word {} in cycle {} expected", taken_.addresses[at - 1],
                         taken_.cycles[at - 1], expected[at - 1].address, sweep + expected[at - 1].cycle);
    });
  }

  void check_values(const Execution& e, std::int64_t pane) {
    const bool reads = pane > 0 || e.op->convolution.accumulate;
    if (!has_in_ || !has_codes_ || !codes_right_ || loader_.words().size() == 0 ||
        (reads && read_.size() != written_.size()))
      return;
    const PaneSigns signs(array_, loader_.words());
    std::unordered_map<std::uint32_t, const std::uint8_t*>
        codes;  // by address; a line register has what was read for it
    for (std::size_t i = 0; i < taken_.size(); ++i) codes[taken_.addresses[i]] = taken_.word(i);
    for (std::size_t i = 0; i < tile_.size(); ++i) {
      std::vector<const std::uint8_t*> words;
      for (const Tap& tap : taps_[i]) words.push_back(codes.at(tap.address));
      const int channel = signs.first_difference(taps_[i], words, reads ? read_.word(i) : nullptr, written_.word(i));
      s_.report.expect("convolution.values", channel < 0, place(written_.cycles[i], e), [&] {
        return fmt::format("word {} of F, channel {}: {} is written, {} expected", written_.addresses[i], channel,
                           signs.found(), signs.expected());
      });
    }
  }

  const Subject& s_;
  Array array_;
  Walk out_, in_, codes_;
  PaneLoader loader_;
  bool has_in_, has_codes_;
  Cycle whole_;
  Cycle until_ = never;                 ///< the next instruction starts
  Cycle free_ = unknown;                ///< the array, from then on
  Cycle sweep_ = unknown, length_ = 0;  ///< the last sweep: its first step, and for how long it has the array
  bool seen_ = false;                   ///< an instruction
  bool codes_right_ = false;
  std::vector<TilePixel> tile_;
  std::vector<std::vector<Tap>> taps_;  ///< [pixel], of the pane
  Beats written_, read_, taken_;
  std::vector<Span> work_;
};

}  // namespace

std::vector<Span> check_convolution(const Subject& subject) {
  subject.trace.require({"convolution.accumulators_out"});
  if (subject.executions.of(convolution).empty()) throw Missing("no instructions of the convolution unit");
  return Arrays(subject).check();
}

}  // namespace ernsim::check
