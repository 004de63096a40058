#include "tlm/interconnect.h"

#include <algorithm>
#include <cmath>

namespace ernsim {

namespace {

Picoseconds to_ps(double nanoseconds) { return static_cast<Picoseconds>(std::llround(nanoseconds * 1000)); }

}  // namespace

Interconnect::Interconnect(Clock clock, const InterconnectConfig& config, InterconnectSide& side)
    : Clocked(clock),
      side_(side),
      read_latency_ps_(to_ps(config.read_latency_ns)),
      write_latency_ps_(to_ps(config.write_latency_ns)),
      port_outstanding_(static_cast<int>(config.port_outstanding)) {
  const std::int64_t ports[initiator_count] = {
      config.port_of_load_activations, config.port_of_load_weights, config.port_of_load_thresholds,
      config.port_of_load_residuals,   config.port_of_store,        config.port_of_control};
  for (std::size_t i = 0; i < initiator_count; ++i)
    initiators_[i].port = static_cast<std::size_t>(ports[i] % config.ports);
}

void Interconnect::request(const Burst& burst, Cycle visible) {
  initiators_[static_cast<std::size_t>(burst.initiator)].waiting.push_back(
      {burst, visible, false, MemoryDelay::none, 0});
  ++channel_of(burst).waiting;
  wake(visible);
}

void Interconnect::memory_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) {
  auto& in_flight = initiators_[static_cast<std::size_t>(burst.initiator)].in_flight;
  const auto match = [&burst](const Pending& pending) { return pending.burst.handle == burst.handle; };
  auto& pending = *std::find_if(in_flight.begin(), in_flight.end(), match);
  pending.arrived = true;
  pending.delay = delay;
  pending.delay_cycles = delay_ps / clock().period_ps;
  pending.visible = clock().edge_at_or_after(done_ps + (burst.write ? write_latency_ps_ : read_latency_ps_));
  wake(pending.visible);
}

Interconnect::Channel& Interconnect::channel_of(const Burst& burst) {
  Port& port = ports_[initiators_[static_cast<std::size_t>(burst.initiator)].port];
  return burst.write ? port.write : port.read;
}

Cycle Interconnect::advance(Cycle now) {
  Cycle next = never;
  for (Initiator& initiator : initiators_) next = std::min(next, deliver(initiator, now));
  for (std::size_t port = 0; port < port_count; ++port) {
    next = std::min(next, grant(port, false, now));
    next = std::min(next, grant(port, true, now));
  }
  return next;
}

/// Hands back the initiator's bursts that have arrived, in order; returns when the next one will have.
Cycle Interconnect::deliver(Initiator& initiator, Cycle now) {
  while (!initiator.in_flight.empty()) {
    const Pending& head = initiator.in_flight.front();
    if (!head.arrived) return never;
    if (head.visible > now) return head.visible;
    Channel& channel = channel_of(head.burst);
    BurstTiming timing{now, now + 1, 0, head.delay, head.delay_cycles};
    if (!head.burst.write) {
      timing.data_start = std::max(now, channel.data_free);
      timing.done = channel.data_free = timing.data_start + head.burst.beats;
      timing.port_wait = timing.data_start - now;
      if (data_log) data_log({initiator.port, false, timing.data_start, timing.done});
    }
    --channel.outstanding;
    side_.to_initiator(head.burst, timing);
    initiator.in_flight.pop_front();
  }
  return never;
}

/// Gives one address of a port's channel to the next initiator in turn; returns when to look again.
Cycle Interconnect::grant(std::size_t port, bool write, Cycle now) {
  Channel& channel = write ? ports_[port].write : ports_[port].read;
  if (channel.waiting == 0 || channel.outstanding >= port_outstanding_) return never;
  Cycle next = never;
  for (std::size_t i = 0; i < initiator_count; ++i) {
    Initiator& initiator = initiators_[(channel.next_turn + i) % initiator_count];
    if (initiator.port != port || initiator.waiting.empty()) continue;
    const Pending& head = initiator.waiting.front();
    if (head.burst.write != write) continue;
    const Cycle earliest = std::max(head.visible, channel.next_address);
    if (earliest > now) {
      next = std::min(next, earliest);
      continue;
    }
    channel.next_turn = (channel.next_turn + i + 1) % initiator_count;
    forward(initiator, channel, now);
    return now + 1;
  }
  return next;
}

void Interconnect::forward(Initiator& initiator, Channel& channel, Cycle now) {
  Pending pending = initiator.waiting.front();
  initiator.waiting.pop_front();
  --channel.waiting;
  Cycle reaches_memory = now;
  channel.next_address = now + 1;
  if (pending.burst.write) {
    reaches_memory = channel.data_free = std::max(now, channel.data_free) + pending.burst.beats;
    channel.next_address = std::max(channel.next_address, channel.data_free - 1);
    if (data_log) data_log({initiator.port, true, reaches_memory - pending.burst.beats, reaches_memory});
  }
  ++channel.outstanding;
  initiator.in_flight.push_back(pending);
  side_.to_memory(pending.burst, initiator.port, reaches_memory);
}

}  // namespace ernsim
