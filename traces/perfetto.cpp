#include "traces/perfetto.h"

#include <fmt/format.h>

#include <cstring>
#include <map>
#include <set>

#include "models/accelerator/unit/statistics.h"
#include "tlm/burst.h"
#include "traces/timeline.h"

namespace ernsim::traces {

namespace {

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// What may stand between the quotes of a JSON text; other bytes than ASCII become '?'.
std::string escaped(const std::string& text) {
  std::string made;
  for (const char c : text) {
    const bool plain = c >= ' ' && c <= '~';
    if (c == '"' || c == '\\') made += '\\';
    made += plain ? c : '?';
  }
  return made;
}

std::uint32_t number(const std::uint8_t* data) {
  std::uint32_t value = 0;
  if (data != nullptr) std::memcpy(&value, data, sizeof value);
  return value;
}

class Timeline {
 public:
  Timeline(const Reader& trace, std::int64_t access_bytes, std::ostream& out)
      : trace_(trace), access_bytes_(static_cast<std::uint64_t>(access_bytes)), out_(out) {
    out_ << "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
    event(R"("ph":"M","pid":1,"name":"process_name","args":{"name":"accelerator"})");
    for (const Channel& channel : trace.header().channels) {
      const std::string unit = channel.unit();
      if (!ends_with(channel.name, ".start") || thread_.count(unit) == 1) continue;
      const std::size_t thread = 1 + thread_.size();
      thread_[unit] = thread;
      event(
          fmt::format(R"("ph":"M","pid":1,"tid":{},"name":"thread_name","args":{{"name":"{} stalls"}})", thread, unit));
    }
  }

  void show(const TimedBeat& beat) {
    const Channel& channel = trace_.header().channels[beat.channel];
    if (ends_with(channel.name, ".start"))
      instruction(channel, beat, 'b');
    else if (ends_with(channel.name, ".end"))
      instruction(channel, beat, 'e');
    else if (ends_with(channel.name, ".stall"))
      stall(channel, beat);
    else if (ends_with(channel.name, "burst"))
      burst(beat);
  }

  void finish() {
    close_interval(never);
    out_ << "\n]}\n";
  }

 private:
  double microseconds(Cycle cycles) const {
    return static_cast<double>(cycles * trace_.header().clock_period_ps) / 1e6;
  }

  void event(const std::string& body) {
    out_ << (first_ ? "{" : ",\n{") << body << "}";
    first_ = false;
  }

  void instruction(const Channel& channel, const TimedBeat& beat, char phase) {
    const auto& layers = trace_.header().layers;
    const std::size_t layer = beat.context->layer;
    auto& open = open_[channel.unit()];
    if (phase == 'b')
      open.insert(beat.address);
    else if (open.erase(beat.address) == 0)
      return;  // began before the trace's window
    event(fmt::format(
        R"("ph":"{}","cat":"{}","id":{},"pid":1,"tid":{},"ts":{:.6f},"name":"{}","args":{{"block":{},"row":{},"column":{}}})",
        phase, channel.unit(), beat.address, thread_[channel.unit()], microseconds(beat.cycle),
        layer < layers.size() ? escaped(layers[layer].name) : std::to_string(layer), beat.context->block,
        beat.context->row, beat.context->column));
  }

  void stall(const Channel& channel, const TimedBeat& beat) {
    const char* cause =
        beat.address < count_of(StallCause{}) ? name_of(static_cast<StallCause>(beat.address)) : "unknown";
    event(fmt::format(R"("ph":"X","pid":1,"tid":{},"ts":{:.6f},"dur":{:.6f},"name":"{}")", thread_[channel.unit()],
                      microseconds(beat.cycle), microseconds(number(beat.data)), cause));
  }

  void burst(const TimedBeat& beat) {
    const Cycle interval = beat.cycle / counter_cycles;
    if (interval != counted_) close_interval(interval);
    counted_ = interval;
    const std::uint32_t word = number(beat.data);
    if ((word & 0x7FFFFFFF) == 0) return;  // no burst of a unit, but a damaged trace may have one
    bytes_[word >> 31] += static_cast<double>(dram_bytes(beat.address, word & 0x7FFFFFFF, access_bytes_));
  }

  /// A viewer holds a value until the next one, so what nothing follows at once is followed by zero.
  void close_interval(Cycle next) {
    if (counted_ < 0) return;
    counter(counted_);
    bytes_[0] = bytes_[1] = 0;
    if (next != counted_ + 1) counter(counted_ + 1);
  }

  /// With all digits, so that the area under the counter is the bytes that were moved.
  void counter(Cycle interval) {
    const double us = microseconds(counter_cycles);
    event(fmt::format(R"("ph":"C","pid":1,"ts":{:.6f},"name":"DRAM MB/s","args":{{"read":{},"write":{}}})",
                      microseconds(interval * counter_cycles), bytes_[0] / us, bytes_[1] / us));
  }

  const Reader& trace_;
  std::uint64_t access_bytes_;
  std::ostream& out_;
  std::map<std::string, std::size_t> thread_;
  std::map<std::string, std::set<std::uint32_t>> open_;  ///< [unit]: instructions that have begun
  Cycle counted_ = -1;
  double bytes_[2] = {0, 0};  ///< read and written in the interval, in whole accesses of the memory
  bool first_ = true;
};

}  // namespace

void write_perfetto(const Reader& trace, Cycle first, Cycle last, std::int64_t access_bytes, std::ostream& out) {
  Timeline timeline(trace, access_bytes, out);
  for_each_beat(trace, first, last, [&timeline](const TimedBeat& beat) { timeline.show(beat); });
  timeline.finish();
}

}  // namespace ernsim::traces
