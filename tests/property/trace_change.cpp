#include "tests/property/trace_change.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

namespace ernsim::test {

TraceImage::Beat& middle(TraceImage& trace, const std::string& channel) {
  auto& beats = trace.of(channel);
  return beats.at(beats.size() / 2);
}

Change moved(const std::string& channel, Cycle by) {
  return [=](TraceImage& trace) { middle(trace, channel).cycle += by; };
}
Change last_moved(const std::string& channel, Cycle by) {
  return [=](TraceImage& trace) { trace.of(channel).back().cycle += by; };
}
Change elsewhere(const std::string& channel, std::uint32_t by) {
  return [=](TraceImage& trace) { middle(trace, channel).address += by; };
}
Change flipped(const std::string& channel) {
  return [=](TraceImage& trace) { middle(trace, channel).data[0] ^= 1; };
}
Change all_flipped(const std::string& channel) {
  return [=](TraceImage& trace) {
    for (auto& beat : trace.of(channel))
      for (auto& byte : beat.data) byte ^= 1;
  };
}
Change number_set(const std::string& channel, std::uint32_t value) {
  return [=](TraceImage& trace) {
    auto& data = middle(trace, channel).data;
    for (std::size_t b = 0; b < data.size(); ++b) data[b] = static_cast<std::uint8_t>(value >> 8 * b);
  };
}
Change left_out(const std::string& channel) {
  return [=](TraceImage& trace) {
    auto& beats = trace.of(channel);
    beats.erase(beats.begin() + static_cast<std::ptrdiff_t>(beats.size() / 2));
  };
}
Change twice(const std::string& channel) {
  return [=](TraceImage& trace) {
    auto& beats = trace.of(channel);
    const auto at = beats.begin() + static_cast<std::ptrdiff_t>(beats.size() / 2);
    beats.insert(at, TraceImage::Beat(*at));
  };
}
Change parameter(const std::string& key, const std::string& value) {
  return [=](TraceImage& trace) {
    for (auto& [name, old] : trace.header().parameters)
      if (name == key) old = value;
  };
}
TraceImage::Beat& after(TraceImage& trace, const std::string& channel, const Fits& fits) {
  auto& beats = trace.of(channel);
  std::vector<std::size_t> found;
  for (std::size_t i = 1; i < beats.size(); ++i)
    if (fits(beats[i - 1], beats[i])) found.push_back(i);
  REQUIRE_FALSE(found.empty());
  return beats[found[found.size() / 2]];
}
Cycle gap(const TraceImage::Beat& a, const TraceImage::Beat& b) { return b.cycle - a.cycle; }

void move_first_fetched(TraceImage& trace, std::uint8_t unit, const std::function<Cycle(Cycle)>& to) {
  for (auto& beat : trace.of("control.instructions"))
    if (beat.data[1] == unit && beat.address < 4) beat.cycle = to(beat.cycle);
}

Change started_early(const std::string& unit) {
  return [=](TraceImage& trace) {
    auto& starts = trace.of(unit + ".start");
    starts.at(1).cycle = starts.at(0).cycle + 1;
  };
}

void delay_sweeps(TraceImage& trace) {
  auto& written = trace.of("convolution.accumulators_out");
  const Cycle from = std::find_if(written.begin() + 1, written.end(), [&](const TraceImage::Beat& beat) {
                       return beat.address == written.front().address;
                     })->cycle;
  const Cycle pipeline = 8;
  for (const auto& [channel, first] : std::map<std::string, Cycle>{{"convolution.accumulators_out", from},
                                                                   {"convolution.accumulators_in", from - 1},
                                                                   {"convolution.activations_in", from - pipeline}})
    for (auto& beat : trace.of(channel))
      if (beat.cycle >= first) ++beat.cycle;
}

void change_instruction(TraceImage& trace) {
  auto& data = middle(trace, "control.instructions").data;
  data[24] ^= 2;
  data[26] ^= 2;
}

void change_loaded(TraceImage& trace) {
  for (auto& beat : trace.of("load_residuals.data"))
    for (auto& byte : beat.data)
      if (byte != 0) byte ^= 128;
}

}  // namespace ernsim::test
