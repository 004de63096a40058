#pragma once

#include <array>
#include <deque>
#include <map>

#include "tests/unit/dram/reference_controller.h"

namespace ernsim::test {

/// HP1 and HP2 share a port of the controller.
inline std::size_t port_of_hp(std::size_t hp) { return hp == 0 ? 0 : hp == 3 ? 2 : 1; }

/// A burst as it came to the memory, and what became of it.
struct BurstRecord {
  Burst burst;
  std::size_t port = 0;
  Picoseconds reaches_ps = 0;
  Picoseconds done_ps = 0;
  MemoryDelay delay = MemoryDelay::none;
  Picoseconds delay_ps = 0;
};

/// The ports of the memory controller as its page describes them, cycle by cycle, in front of the slow reference.
inline std::vector<DramCommand> served_by_reference(const DramConfig& config, std::vector<BurstRecord>& bursts) {
  const Clock clock = dram_clock(config);
  ReferenceController reference(config);
  std::vector<std::size_t> burst_of;                                         // [tag of an access]
  std::vector<Cycle> last(bursts.size(), 0);                                 // of the accesses done so far
  std::array<std::deque<std::pair<std::uint64_t, std::size_t>>, 3> waiting;  // accesses: address, burst
  std::size_t arrived = 0, completed = 0, turn = 0;
  const auto seen = [&](const BurstRecord& b) { return clock.edge_at_or_after(b.reaches_ps + 1); };
  std::size_t accesses = 0;
  for (const BurstRecord& b : bursts)
    accesses += static_cast<std::size_t>(dram_bytes(b.burst.address, b.burst.bytes, 64)) / 64;
  for (Cycle now = 0; completed < accesses; ++now) {
    for (; arrived < bursts.size() && seen(bursts[arrived]) <= now; ++arrived) {
      const Burst& b = bursts[arrived].burst;
      const std::size_t port = port_of_hp(bursts[arrived].port);
      for (std::uint64_t a = b.address / 64; a <= (b.address + b.bytes - 1) / 64; ++a)
        waiting[port].emplace_back(a * 64, arrived);
    }
    const bool room = reference.has_room();
    reference.cycle(now);
    for (; completed < reference.completions.size(); ++completed) {
      const DramCompletion& access = reference.completions[completed];
      const std::size_t i = burst_of[access.tag];
      if (access.done < last[i]) continue;
      last[i] = access.done;
      bursts[i].done_ps = clock.time_ps(access.done + 1);
      bursts[i].delay = access.delay;
      bursts[i].delay_ps = clock.time_ps(access.delay_cycles);
    }
    for (std::size_t i = 0; room && i < 3; ++i) {
      auto& queue = waiting[(turn + i) % 3];
      if (queue.empty()) continue;
      burst_of.push_back(queue.front().second);
      reference.submit({queue.front().first, bursts[queue.front().second].burst.write, burst_of.size() - 1}, now + 1);
      queue.pop_front();
      turn = (turn + i) % 3 + 1;
      break;
    }
  }
  return reference.commands;
}

}  // namespace ernsim::test
