#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "check/bursts.h"
#include "check/rules.h"

namespace ernsim::check {

namespace {

struct OnPort {
  Cycle begin, end;
  std::string engine;
};

/// The read data of instruction fetches: what was fetched in a cycle had its last beat in the one before.
void add_fetches(const Subject& s, std::vector<OnPort>& bursts) {
  const auto width = static_cast<std::uint64_t>(s.trace.parameter("interconnect.port_width_bytes"));
  if (width == 0) return;
  Walk walk(s.trace, "control.instructions");
  std::int64_t instructions = 0;
  while (walk.more()) {
    const Cycle done = walk.cycle();
    instructions = 0;
    for (; walk.more() && walk.cycle() == done; walk.next()) ++instructions;
    const Cycle beats = (instructions * static_cast<Cycle>(instruction_bytes) + static_cast<Cycle>(width) - 1) /
                        static_cast<Cycle>(width);
    bursts.push_back({done - beats, done, "control"});
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
  const std::int64_t ports = std::max<std::int64_t>(1, s.trace.parameter("interconnect.ports"));
  std::map<std::int64_t, std::vector<OnPort>> on_port;
  for (const auto& [unit, times] : bursts) {
    if (unit == store) continue;
    const std::string name = unit_names[static_cast<std::size_t>(unit)];
    auto& list = on_port[s.trace.parameter("interconnect.port_of_" + name) % ports];
    for (const BurstTime& time : times)
      if (time.done != unknown) list.push_back({time.data, time.done, name});
  }
  if (s.trace.has("control.instructions"))
    add_fetches(s, on_port[s.trace.parameter("interconnect.port_of_control") % ports]);
  for (auto& [port, list] : on_port) {
    std::stable_sort(list.begin(), list.end(), [](const OnPort& a, const OnPort& b) { return a.begin < b.begin; });
    for (std::size_t i = 1; i < list.size(); ++i)
      s.report.expect("ports.one_beat", list[i].begin >= list[i - 1].end, {list[i].begin, list[i].engine, -1}, [&] {
        return fmt::format("data on port {}, which {} has until cycle {}", port, list[i - 1].engine,
                           list[i - 1].end - 1);
      });
  }
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
    for (; data.more() && data.cycle() < loaded[i].done; data.next())
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
