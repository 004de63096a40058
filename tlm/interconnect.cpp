#include "tlm/interconnect.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ernsim {

namespace {

Picoseconds to_ps(double nanoseconds) { return static_cast<Picoseconds>(std::llround(nanoseconds * 1000)); }

}  // namespace

Interconnect::Interconnect(Clock units, const InterconnectConfig& config, InterconnectSide& side)
    : Clocked(config.clock()),
      side_(side),
      inward_{units, config.clock(), config.synchroniser_stages},
      outward_(port_link(units, config)),
      ports_there_(static_cast<std::size_t>(config.ports)),
      stripe_bytes_(16 * static_cast<std::uint64_t>(config.port_width_bytes)),
      read_latency_ps_(to_ps(config.read_latency_ns)),
      write_latency_ps_(to_ps(config.write_latency_ns)),
      port_outstanding_(static_cast<int>(config.port_outstanding)) {
  const std::int64_t ports[initiator_count] = {
      config.port_of_load_activations, config.port_of_load_weights, config.port_of_load_thresholds,
      config.port_of_load_residuals,   config.port_of_store,        config.port_of_control};
  const std::int64_t gangs[initiator_count] = {config.gang_of_load_activations, config.gang_of_load_weights, 1,
                                               config.gang_of_load_residuals,   config.gang_of_store,        1};
  for (std::size_t i = 0; i < initiator_count; ++i) {
    initiators_[i].port = static_cast<std::size_t>(ports[i]);
    initiators_[i].gang = static_cast<std::size_t>(std::min(gangs[i], config.ports));
  }
}

std::size_t Interconnect::port_of(const Initiator& initiator, const Burst& burst) const {
  const std::size_t in_gang = initiator.gang == 1 ? 0 : burst.address / stripe_bytes_ % initiator.gang;
  return (initiator.port + in_gang) % ports_there_;
}

void Interconnect::request(const Burst& burst, Cycle visible) {
  Initiator& initiator = initiators_[static_cast<std::size_t>(burst.initiator)];
  const Pending pending{burst, port_of(initiator, burst), visible, false, MemoryDelay::none, 0};
  initiator.waiting.push_back(pending);
  Channel& channel = channel_of(pending);
  ++channel.waiting;
  channel.grant_at = std::min(channel.grant_at, visible);
  wake(visible);
}

void Interconnect::memory_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) {
  Initiator& initiator = initiators_[static_cast<std::size_t>(burst.initiator)];
  auto& in_flight = initiator.in_flight;
  std::size_t at = 0;
  while (at < in_flight.size() && in_flight[at].burst.handle != burst.handle) ++at;
  if (at == in_flight.size())
    throw std::logic_error("the memory answers a burst at address " + std::to_string(burst.address) +
                           " that is not under way");
  Pending& pending = in_flight[at];
  pending.arrived = true;
  pending.delay = delay;
  pending.delay_cycles = delay_ps == 0 ? 0 : delay_ps / inward_.from.period_ps;
  pending.visible = clock().edge_at_or_after(done_ps + (burst.write ? write_latency_ps_ : read_latency_ps_));
  if (at > 0) return;
  initiator.delivery = pending.visible;
  wake(pending.visible);
}

void Interconnect::reset() {
  for (Port& port : ports_) port.read.next_turn = port.write.next_turn = 0;
}

Cycle Interconnect::advance(Cycle now) {
  Cycle next = never;
  for (Initiator& initiator : initiators_) {
    if (initiator.delivery <= now) deliver(initiator, now);
    next = std::min(next, initiator.delivery);
  }
  for (std::size_t port = 0; port < ports_there_; ++port) {
    if (ports_[port].read.grant_at <= now) grant(port, false, now);
    if (ports_[port].write.grant_at <= now) grant(port, true, now);
  }
  // Only now: what a port has passed on may leave the initiator with a burst for any of them.
  for (std::size_t port = 0; port < ports_there_; ++port)
    next = std::min({next, ports_[port].read.grant_at, ports_[port].write.grant_at});
  return next;
}

/// Hands back the initiator's bursts that have arrived, in order.
void Interconnect::deliver(Initiator& initiator, Cycle now) {
  while (initiator.delivery <= now) {
    const Pending& head = initiator.in_flight.front();
    Channel& channel = channel_of(head);
    BurstTiming timing;
    timing.delay = head.delay;
    timing.delay_cycles = head.delay_cycles;
    if (head.burst.write) {
      timing.done = outward_.crossing.seen(now + 1);
      timing.data_start = timing.done - inward_.from.edge_at_or_after(clock().time_ps(head.burst.beats));
    } else {
      pass_data(initiator, head, now, timing);
    }
    --channel.outstanding;
    if (channel.waiting > 0) channel.grant_at = std::min(channel.grant_at, now);
    side_.to_initiator(head.burst, timing);
    initiator.in_flight.pop_front();
    const bool known = !initiator.in_flight.empty() && initiator.in_flight.front().arrived;
    initiator.delivery = known ? initiator.in_flight.front().visible : never;
  }
}

/// The read's data passes its port as soon as that is free, and is seen in the order of issue.
void Interconnect::pass_data(Initiator& initiator, const Pending& read, Cycle now, BurstTiming& timing) {
  Channel& channel = ports_[read.port].read;
  const Cycle begin = std::max(now, channel.data_free), end = begin + read.burst.beats;
  channel.data_free = end;
  timing.port_start = begin;
  timing.data_start = std::max(outward_.seen(begin), initiator.seen);
  if (begin > now) timing.port_wait = timing.data_start - std::max(outward_.seen(now), initiator.seen);
  initiator.seen = std::max(outward_.seen(end - 1), initiator.seen);
  timing.done = initiator.seen + 1;
  if (data_log) data_log({read.port, false, begin, end});
}

/// Gives one address of a port's channel to the next initiator in turn, and notes when to look again.
void Interconnect::grant(std::size_t port, bool write, Cycle now) {
  Channel& channel = write ? ports_[port].write : ports_[port].read;
  channel.grant_at = never;
  if (channel.waiting == 0 || channel.outstanding >= port_outstanding_) return;
  for (std::size_t i = 0; i < initiator_count; ++i) {
    const std::size_t number = (channel.next_turn + i) % initiator_count;
    Initiator& initiator = initiators_[number];
    if (initiator.waiting.empty()) continue;
    const Pending& head = initiator.waiting.front();
    if (head.port != port || head.burst.write != write) continue;
    const Cycle earliest = std::max({head.visible, channel.next_address, initiator.next_address});
    if (earliest > now) {
      channel.grant_at = std::min(channel.grant_at, earliest);
      continue;
    }
    channel.next_turn = (number + 1) % initiator_count;
    forward(initiator, channel, now);
    channel.grant_at = next_grant(port, write);
    return;
  }
}

/// When the first of the channel's bursts may pass its address on, if none is outstanding too many.
Cycle Interconnect::next_grant(std::size_t port, bool write) const {
  const Channel& channel = write ? ports_[port].write : ports_[port].read;
  Cycle next = never;
  if (channel.waiting == 0) return next;
  for (const Initiator& initiator : initiators_) {
    if (initiator.waiting.empty()) continue;
    const Pending& head = initiator.waiting.front();
    if (head.port == port && head.burst.write == write)
      next = std::min(next, std::max({head.visible, channel.next_address, initiator.next_address}));
  }
  return next;
}

void Interconnect::forward(Initiator& initiator, Channel& channel, Cycle now) {
  Pending pending = initiator.waiting.front();
  initiator.waiting.pop_front();
  --channel.waiting;
  Cycle reaches_memory = now;
  channel.next_address = initiator.next_address = now + 1;
  if (pending.burst.write) {
    reaches_memory = channel.data_free = std::max(now, channel.data_free) + pending.burst.beats;
    channel.next_address = std::max(channel.next_address, channel.data_free - 1);
    if (data_log) data_log({pending.port, true, reaches_memory - pending.burst.beats, reaches_memory});
  }
  ++channel.outstanding;
  initiator.in_flight.push_back(pending);
  if (!initiator.waiting.empty()) {  // what was behind it may be for another channel
    const Pending& head = initiator.waiting.front();
    Channel& other = channel_of(head);
    other.grant_at = std::min(other.grant_at, std::max(head.visible, now + 1));
  }
  side_.to_memory(pending.burst, pending.port, reaches_memory);
}

}  // namespace ernsim
