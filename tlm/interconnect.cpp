#include "tlm/interconnect.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

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
  Channel& channel = channel_of(burst);
  ++channel.waiting;
  channel.grant_at = std::min(channel.grant_at, visible);
  wake(visible);
}

void Interconnect::memory_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) {
  auto& in_flight = initiators_[static_cast<std::size_t>(burst.initiator)].in_flight;
  std::size_t at = 0;
  while (at < in_flight.size() && in_flight[at].burst.handle != burst.handle) ++at;
  if (at == in_flight.size())
    throw std::logic_error("the memory answers a burst at address " + std::to_string(burst.address) +
                           " that is not under way");
  Pending& pending = in_flight[at];
  pending.arrived = true;
  pending.delay = delay;
  pending.delay_cycles = delay_ps == 0 ? 0 : delay_ps / clock().period_ps;
  pending.visible = clock().edge_at_or_after(done_ps + (burst.write ? write_latency_ps_ : read_latency_ps_));
  if (at == 0) wake(pending.visible);
}

void Interconnect::reset() {
  for (Port& port : ports_) port.read.next_turn = port.write.next_turn = 0;
}

Interconnect::Channel& Interconnect::channel_of(const Burst& burst) {
  Port& port = ports_[initiators_[static_cast<std::size_t>(burst.initiator)].port];
  return burst.write ? port.write : port.read;
}

Cycle Interconnect::advance(Cycle now) {
  Cycle next = never;
  for (Initiator& initiator : initiators_) {
    if (initiator.next_delivery() <= now) deliver(initiator, now);
    next = std::min(next, initiator.next_delivery());
  }
  for (std::size_t port = 0; port < port_count; ++port) {
    if (ports_[port].read.grant_at <= now) grant(port, false, now);
    if (ports_[port].write.grant_at <= now) grant(port, true, now);
    next = std::min({next, ports_[port].read.grant_at, ports_[port].write.grant_at});
  }
  return next;
}

/// Hands back the initiator's bursts that have arrived, in order.
void Interconnect::deliver(Initiator& initiator, Cycle now) {
  while (initiator.next_delivery() <= now) {
    const Pending& head = initiator.in_flight.front();
    Channel& channel = channel_of(head.burst);
    BurstTiming timing{now, now + 1, 0, head.delay, head.delay_cycles};
    if (!head.burst.write) {
      timing.data_start = std::max(now, channel.data_free);
      timing.done = channel.data_free = timing.data_start + head.burst.beats;
      timing.port_wait = timing.data_start - now;
      if (data_log) data_log({initiator.port, false, timing.data_start, timing.done});
    }
    --channel.outstanding;
    if (channel.waiting > 0) channel.grant_at = std::min(channel.grant_at, now);
    side_.to_initiator(head.burst, timing);
    initiator.in_flight.pop_front();
  }
}

/// Gives one address of a port's channel to the next initiator in turn, and notes when to look again.
void Interconnect::grant(std::size_t port, bool write, Cycle now) {
  Channel& channel = write ? ports_[port].write : ports_[port].read;
  channel.grant_at = never;
  if (channel.waiting == 0 || channel.outstanding >= port_outstanding_) return;
  for (std::size_t i = 0; i < initiator_count; ++i) {
    const std::size_t number = (channel.next_turn + i) % initiator_count;
    Initiator& initiator = initiators_[number];
    if (initiator.port != port || initiator.waiting.empty() || initiator.waiting.front().burst.write != write) continue;
    const Cycle earliest = std::max(initiator.waiting.front().visible, channel.next_address);
    if (earliest > now) {
      channel.grant_at = std::min(channel.grant_at, earliest);
      continue;
    }
    channel.next_turn = (number + 1) % initiator_count;
    forward(initiator, channel, now);
    channel.grant_at = channel.waiting > 0 ? now + 1 : never;
    return;
  }
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
  if (!initiator.waiting.empty()) {  // what was behind it may be of the other direction
    const Pending& head = initiator.waiting.front();
    Channel& other = channel_of(head.burst);
    other.grant_at = std::min(other.grant_at, std::max(head.visible, head.burst.write ? now : now + 1));
  }
  side_.to_memory(pending.burst, initiator.port, reaches_memory);
}

}  // namespace ernsim
