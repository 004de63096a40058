#include "traces/wave_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "traces/timeline.h"

namespace ernsim::traces {

namespace {

/// [channel]: beats in one cycle.
std::vector<std::size_t> most_beats(const Reader& trace) {
  const std::size_t channels = trace.header().channels.size();
  std::vector<Cycle> cycle(channels, -1);
  std::vector<std::size_t> count(channels, 0), most(channels, 1);
  for_each_beat(trace, 0, never, [&](const TimedBeat& beat) {
    std::size_t& now = count[beat.channel];
    now = cycle[beat.channel] == beat.cycle ? now + 1 : 1;
    cycle[beat.channel] = beat.cycle;
    most[beat.channel] = std::max(most[beat.channel], now);
  });
  return most;
}

/// Numbers of instructions, registers, semaphores and causes are counted; places in memories are not.
bool counts(const Channel& channel) {
  constexpr const char* ports[] = {"start", "end", "stall", "registers", "instructions"};
  return channel.unit() == "semaphores" || std::count(std::begin(ports), std::end(ports), channel.port()) > 0;
}

WaveBase base_of_data(const Channel& channel) {
  const bool number = channel.kind == WordKind::cycles || channel.unit() == "semaphores";
  return number ? WaveBase::decimal : WaveBase::hexadecimal;
}

void add_lane(const Channel& channel, const std::string& name, std::vector<WaveSignal>& signals) {
  const std::string unit = channel.unit();
  signals.push_back({unit, name + "_valid", 1, WaveBase::bit});
  signals.push_back({unit, name + "_address", 32, counts(channel) ? WaveBase::decimal : WaveBase::hexadecimal});
  if (channel.word_bytes > 0) signals.push_back({unit, name + "_data", 8 * channel.word_bytes, base_of_data(channel)});
}

}  // namespace

WavePlan::WavePlan(const Reader& trace) : signals{{"", "clock"}}, lanes(trace.header().channels.size()) {
  const auto& channels = trace.header().channels;
  const std::vector<std::size_t> most = most_beats(trace);
  std::map<std::string, std::vector<std::size_t>> units;
  for (std::size_t i = 0; i < channels.size(); ++i) units[channels[i].unit()].push_back(i);
  for (const auto& [unit, numbers] : units)
    for (const std::size_t number : numbers)
      for (std::size_t lane = 0; lane < most[number]; ++lane) {
        const std::string port = channels[number].port();
        lanes[number].push_back(signals.size());
        add_lane(channels[number], most[number] > 1 ? fmt::format("{}_{}", port, lane) : port, signals);
      }
}

std::string declared_name(const WaveSignal& signal) {
  return signal.bits == 1 ? signal.name : fmt::format("{} [{}:0]", signal.name, signal.bits - 1);
}

}  // namespace ernsim::traces
