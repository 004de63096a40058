#include <fmt/format.h>

#include <algorithm>
#include <queue>
#include <unordered_map>

#include "check/axi_ports.h"
#include "check/bursts.h"
#include "check/rules.h"

namespace ernsim::check {

namespace {

/// Beats that pass a port's data channel, not before cycle `from` of its clock and not after `until`.
struct OnPort {
  Cycle from, until, beats;
  Cycle unit_cycle;  ///< when a unit saw them
  std::string engine;
};

/// The read data of instruction fetches: what was fetched in a cycle had its last beat in the one before.
void add_fetches(const Subject& s, const AxiPorts& ports, std::vector<OnPort>& list) {
  Walk walk(s.trace, "control.instructions");
  while (walk.more()) {
    const Cycle done = walk.cycle();
    std::uint64_t bytes = 0;
    for (; walk.more() && walk.cycle() == done; walk.next()) bytes += instruction_bytes;
    const auto beats = static_cast<Cycle>((bytes + ports.width_bytes() - 1) / ports.width_bytes());
    const AxiPorts::Range last = ports.seen_in(done - 1);
    list.push_back({last.first - beats + 1, last.last + 1, beats, done, "control"});
  }
}

/// Gives every cycle of a channel to the beats that must have passed first. If some do not pass in time then those of
/// a stretch of cycles are more than it has.
void check_channel(const Subject& s, const std::string& channel, std::vector<OnPort>& list) {
  std::stable_sort(list.begin(), list.end(), [](const OnPort& a, const OnPort& b) { return a.from < b.from; });
  const auto later = [&list](std::size_t a, std::size_t b) { return list[a].until > list[b].until; };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> waiting(later);
  std::size_t next = 0;
  for (Cycle now = 0; next < list.size() || !waiting.empty();) {
    if (waiting.empty()) now = std::max(now, list[next].from);
    while (next < list.size() && list[next].from <= now) waiting.push(next++);
    OnPort& first = list[waiting.top()];
    const Cycle left = next < list.size() ? std::min(first.beats, list[next].from - now) : first.beats;
    now += left;
    first.beats -= left;
    if (first.beats > 0) continue;
    waiting.pop();
    s.report.expect("ports.one_beat", now <= first.until, {first.unit_cycle, first.engine, -1}, [&] {
      return fmt::format("{} channel: data up to here is {} beats more than pass at one per AXI cycle", channel,
                         now - first.until);
    });
  }
}

/// Eight bytes of external memory as the store left them.
struct Stored {
  std::array<std::uint8_t, 8> bytes{};
  std::uint8_t mask = 0;  ///< bytes that were stored
  Cycle done = unknown;   ///< of the last burst that wrote here
};

}  // namespace

void check_ports(const Subject& s, const std::map<int, std::vector<BurstTime>>& bursts) {
  const AxiPorts ports(s.trace);
  std::map<std::string, std::vector<OnPort>> channels;
  const auto channel = [&](const std::string& engine, std::uint64_t address) -> std::vector<OnPort>& {
    return channels[fmt::format("port {}, {}", ports.port_of(engine, address), engine == "store" ? "write" : "read")];
  };
  for (const auto& [unit, times] : bursts) {
    const std::string engine = unit_names[static_cast<std::size_t>(unit)];
    for (const BurstTime& time : times)
      if (time.done != unknown && time.until != unknown)
        channel(engine, time.address).push_back({time.from, time.until, Cycle{time.beats}, time.done - 1, engine});
  }
  if (s.trace.has("control.instructions")) add_fetches(s, ports, channel("control", 0));
  for (auto& [name, list] : channels) check_channel(s, name, list);
}

void check_external_memory(const Subject& s, int unit, const std::vector<BurstTime>& stored,
                           const std::vector<BurstTime>& loaded) {
  const std::string name = unit_names[static_cast<std::size_t>(unit)];
  s.trace.require({"store.data", "store.response", "store.burst", name + ".burst"});
  s.trace.require({name + ".data"});
  if (!s.trace.from_start()) throw Missing("the trace does not begin with the frame, or has not all layers");
  const Cycle whole =
      s.trace.whole_until({"store.data", "store.response", "store.burst", name + ".data", name + ".burst"});
  std::unordered_map<std::uint64_t, Stored> memory;
  auto bytes_of = [](const Walk& walk, const Cut& cut, auto&& each) {
    for (std::size_t lane = 0; lane < walk.word_bytes(); ++lane) {
      const std::uint64_t at = walk.address() + lane;
      if (at >= cut.address && at < cut.address + cut.bytes) each(at, walk.data()[lane]);
    }
  };
  Walk store_burst(s.trace, "store.burst"), store_data(s.trace, "store.data");
  Walk burst(s.trace, name + ".burst"), data(s.trace, name + ".data");
  std::size_t applied = 0;
  auto apply_until = [&](Cycle cycle) {
    for (; applied < stored.size() && stored[applied].issued < cycle && store_burst.more();
         ++applied, store_burst.next()) {
      const Cut cut{store_burst.address(), store_burst.value() & 0x7FFFFFFF};
      for (; store_data.more() && store_data.cycle() == stored[applied].issued; store_data.next())
        bytes_of(store_data, cut, [&](std::uint64_t at, std::uint8_t byte) {
          Stored& chunk = memory[at / 8];
          chunk.bytes[at % 8] = byte;
          chunk.mask = static_cast<std::uint8_t>(chunk.mask | 1U << at % 8);
          chunk.done = stored[applied].done == unknown ? never : stored[applied].done;
        });
    }
  };
  for (std::size_t i = 0; i < loaded.size() && burst.more(); ++i, burst.next()) {
    if (loaded[i].done == unknown || loaded[i].done > whole) return;
    apply_until(loaded[i].data);
    const Cut cut{burst.address(), burst.value() & 0x7FFFFFFF};
    std::uint64_t wrong = never, known = 0;
    for (std::uint32_t beat = 0; beat < loaded[i].beats && data.more(); ++beat, data.next())
      bytes_of(data, cut, [&](std::uint64_t at, std::uint8_t byte) {
        const auto found = memory.find(at / 8);
        if (found == memory.end() || (found->second.mask >> at % 8 & 1) == 0 || found->second.done > loaded[i].issued)
          return;
        ++known;
        if (found->second.bytes[at % 8] != byte) wrong = std::min<std::uint64_t>(wrong, at);
      });
    if (known > 0)
      s.report.expect("memory.external", wrong == never, {loaded[i].data, name, burst.layer()},
                      [&] { return fmt::format("the byte loaded from {:#x} is not the one stored there", wrong); });
  }
}

}  // namespace ernsim::check
