#include "traces/waves.h"

#include <utility>

#include "traces/timeline.h"

namespace ernsim::traces {

namespace {

std::string bits_of(const std::uint8_t* bytes, std::size_t count) {
  std::string text;
  text.reserve(8 * count);
  for (std::size_t i = count; i > 0; --i)
    for (int bit = 7; bit >= 0; --bit) text += (bytes[i - 1] >> bit & 1) != 0 ? '1' : '0';
  return text;
}

std::string bits_of(std::uint32_t number) {
  std::string text;
  for (int bit = 31; bit >= 0; --bit) text += (number >> bit & 1) != 0 ? '1' : '0';
  return text;
}

/// Goes through the cycles, one after the other; a signal is told of when its value changes.
class Waves {
 public:
  Waves(const Reader& trace, const WavePlan& plan, Cycle first, WaveSink& sink)
      : trace_(trace), plan_(plan), sink_(sink), period_(trace.header().clock_period_ps), cycle_(first) {
    for (const WaveSignal& signal : plan.signals) value_.emplace_back(signal.bits, 'x');
    next_ = value_;
    for (const auto& lanes : plan.lanes) high_.insert(high_.end(), lanes.begin(), lanes.end());
  }

  void write() {
    sink_.declare(plan_.signals);
    if (cycle_ > 0) start();
    clear();
    bool any = false;
    for_each_beat(trace_, cycle_, never, [this, &any](const TimedBeat& beat) {
      while (cycle_ < beat.cycle) end_cycle();
      take(beat);
      any = true;
    });
    if (any || !started_) end_cycle();
    sink_.time(cycle_ * period_);
    tell();
    sink_.finish();
  }

 private:
  /// The values at time 0.
  void start() {
    started_ = true;
    sink_.time(0);
    for (std::size_t i = 0; i < value_.size(); ++i) sink_.change(i, value_[i]);
  }

  /// No beat yet in this cycle.
  void clear() {
    lane_.assign(plan_.lanes.size(), 0);
    for (const std::size_t valid : high_) set(valid, "0");
    high_.clear();
  }

  void set(std::size_t signal, std::string bits) {
    next_[signal] = std::move(bits);
    touched_.push_back(signal);
  }

  void take(const TimedBeat& beat) {
    const std::size_t valid = plan_.lanes[beat.channel].at(lane_[beat.channel]++);
    const std::size_t bytes = trace_.header().channels[beat.channel].word_bytes;
    set(valid, "1");
    high_.push_back(valid);
    set(valid + 1, bits_of(beat.address));
    if (bytes > 0) set(valid + 2, beat.data != nullptr ? bits_of(beat.data, bytes) : std::string(8 * bytes, 'x'));
  }

  void tell() {
    for (const std::size_t i : touched_)
      if (next_[i] != value_[i]) sink_.change(i, value_[i] = next_[i]);
  }

  void end_cycle() {
    set(WavePlan::clock, "1");
    if (started_) {
      sink_.time(cycle_ * period_);
      tell();
    } else {
      value_ = next_;
      start();
    }
    sink_.time(cycle_ * period_ + period_ / 2);
    sink_.change(WavePlan::clock, value_[WavePlan::clock] = "0");
    ++cycle_;
    touched_.clear();
    clear();
  }

  const Reader& trace_;
  const WavePlan& plan_;
  WaveSink& sink_;
  Picoseconds period_;
  Cycle cycle_;
  bool started_ = false;
  std::vector<std::string> value_, next_;  ///< [signal]: what was told, and what this cycle has
  std::vector<std::size_t> touched_;       ///< signals whose value may be another in this cycle
  std::vector<std::size_t> high_;          ///< `valid` signals of beats in this cycle
  std::vector<std::size_t> lane_;          ///< [channel]: beats in this cycle
};

}  // namespace

void write_waves(const Reader& trace, const WavePlan& plan, Cycle first, WaveSink& sink) {
  Waves(trace, plan, first, sink).write();
}

}  // namespace ernsim::traces
