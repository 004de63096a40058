#include "traces/vcd.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "traces/timeline.h"

namespace ernsim::traces {

namespace {

/// Short printable names for signals: !, ", ..., !!, !", ...
std::string identifier(std::size_t number) {
  constexpr std::size_t letters = 94;
  std::string text;
  do {
    text += static_cast<char>('!' + number % letters);
    number /= letters;
  } while (number-- > 0);
  return text;
}

std::string bits(const std::uint8_t* bytes, std::size_t count) {
  std::string text;
  for (std::size_t i = count; i > 0; --i)
    for (int bit = 7; bit >= 0; --bit) text += (bytes[i - 1] >> bit & 1) != 0 ? '1' : '0';
  return text;
}

class Dump {
 public:
  Dump(const Reader& trace, Cycle first, Cycle last, std::ostream& out)
      : trace_(trace), first_(first), last_(last), out_(out), most_(trace.header().channels.size(), 0) {}

  void write() {
    count_beats();
    declare();
    for_each_beat(trace_, first_, last_, [this](const TimedBeat& beat) { show(beat); });
    finish_cycle();
    time(last_shown_ + 1);
    for (const auto& id : valid_) out_ << "0" << id << "\n";
  }

 private:
  /// A channel has as many groups of signals as it has beats in one cycle.
  void count_beats() {
    std::vector<Cycle> cycle(most_.size(), -1);
    std::vector<std::size_t> count(most_.size(), 0);
    for_each_beat(trace_, first_, last_, [&](const TimedBeat& beat) {
      std::size_t& now = count[beat.channel];
      now = cycle[beat.channel] == beat.cycle ? now + 1 : 1;
      cycle[beat.channel] = beat.cycle;
      most_[beat.channel] = std::max(most_[beat.channel], now);
    });
  }

  void declare() {
    out_ << "$version ernsim $end\n$timescale 1 ps $end\n$scope module ernsim $end\n";
    std::map<std::string, std::vector<std::size_t>> units;
    const auto& channels = trace_.header().channels;
    for (std::size_t i = 0; i < channels.size(); ++i)
      if (most_[i] > 0) units[channels[i].unit()].push_back(i);
    signals_.resize(channels.size());
    for (const auto& [unit, numbers] : units) {
      out_ << "$scope module " << unit << " $end\n";
      for (const std::size_t number : numbers) declare(number, channels[number]);
      out_ << "$upscope $end\n";
    }
    out_ << "$upscope $end\n$enddefinitions $end\n";
  }

  void declare(std::size_t number, const Channel& channel) {
    for (std::size_t lane = 0; lane < most_[number]; ++lane) {
      const std::string name = channel.port() + (most_[number] > 1 ? fmt::format("_{}", lane) : "");
      signals_[number].push_back(next_);
      const auto wire = [&](std::size_t width, const char* suffix) {
        if (width > 0) out_ << fmt::format("$var wire {} {} {}_{} $end\n", width, identifier(next_), name, suffix);
        ++next_;
      };
      wire(1, "valid");
      wire(32, "address");
      wire(8 * channel.word_bytes, "data");
    }
  }

  void time(Cycle cycle) { out_ << "#" << cycle * trace_.header().clock_period_ps << "\n"; }

  /// Nothing is valid for longer than its cycle.
  void finish_cycle() {
    if (last_shown_ < 0) return;
    lane_.clear();
  }

  void show(const TimedBeat& beat) {
    if (beat.cycle != last_shown_) {
      finish_cycle();
      if (last_shown_ >= 0 && beat.cycle > last_shown_ + 1) {
        time(last_shown_ + 1);
        lower();
      }
      time(beat.cycle);
      if (last_shown_ + 1 == beat.cycle) lower();
      last_shown_ = beat.cycle;
    }
    const std::size_t lane = lane_[beat.channel]++;
    const std::size_t signal = signals_[beat.channel].at(lane);
    const std::size_t bytes = trace_.header().channels[beat.channel].word_bytes;
    out_ << "1" << identifier(signal) << "\n";
    valid_.push_back(identifier(signal));
    const std::uint8_t address[4] = {
        static_cast<std::uint8_t>(beat.address), static_cast<std::uint8_t>(beat.address >> 8),
        static_cast<std::uint8_t>(beat.address >> 16), static_cast<std::uint8_t>(beat.address >> 24)};
    out_ << "b" << bits(address, 4) << " " << identifier(signal + 1) << "\n";
    if (bytes > 0)
      out_ << "b" << (beat.data != nullptr ? bits(beat.data, bytes) : "x") << " " << identifier(signal + 2) << "\n";
  }

  void lower() {
    for (const auto& id : valid_) out_ << "0" << id << "\n";
    valid_.clear();
  }

  const Reader& trace_;
  Cycle first_, last_;
  std::ostream& out_;
  std::vector<std::size_t> most_;                  ///< [channel]: beats in one cycle
  std::vector<std::vector<std::size_t>> signals_;  ///< [channel][lane]: number of its first signal
  std::map<std::size_t, std::size_t> lane_;        ///< beats shown in this cycle, by channel
  std::vector<std::string> valid_;                 ///< signals that are 1
  std::size_t next_ = 0;
  Cycle last_shown_ = -1;
};

}  // namespace

void write_vcd(const Reader& trace, Cycle first, Cycle last, std::ostream& out) {
  Dump(trace, first, last, out).write();
}

}  // namespace ernsim::traces
