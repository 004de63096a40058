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
      stripe_bits_(__builtin_ctzll(16 * static_cast<std::uint64_t>(config.port_width_bytes))),
      read_latency_ps_(to_ps(config.read_latency_ns)),
      write_latency_ps_(to_ps(config.write_latency_ns)),
      port_outstanding_(static_cast<int>(config.port_outstanding)) {
  const std::int64_t ports[initiator_count] = {
      config.port_of_load_activations, config.port_of_load_weights, config.port_of_load_thresholds,
      config.port_of_load_residuals,   config.port_of_store,        config.port_of_control};
  const std::int64_t gangs[initiator_count] = {config.gang_of_load_activations, config.gang_of_load_weights, 1,
                                               config.gang_of_load_residuals,   config.gang_of_store,        1};
  delivery_at_.fill(never);
  grant_at_.fill(never);
  for (std::size_t i = 0; i < initiator_count; ++i) {
    initiators_[i].port = static_cast<std::size_t>(ports[i] % config.ports);
    initiators_[i].gang = static_cast<std::size_t>(std::min(gangs[i], config.ports));
  }
}

std::size_t Interconnect::port_of(const Initiator& initiator, const Burst& burst) const {
  if (initiator.gang == 1) return initiator.port;
  const std::size_t port = initiator.port + (burst.address >> stripe_bits_) % initiator.gang;
  return port < ports_there_ ? port : port - ports_there_;
}

void Interconnect::request(const Burst& burst, Cycle visible) {
  const auto number = index_of(burst.initiator);
  Initiator& initiator = initiators_[number];
  const bool first = !initiator.any_waiting();
  const std::size_t channel = channel_number(port_of(initiator, burst), burst.write);
  initiator.bursts.extend() = {burst, channel, visible, false, MemoryDelay::none, 0};
  if (!first) return;  // when those before it are granted it is looked at
  line_up(number, visible);
  wake(visible);
}

/// The first burst of the initiator that waits for an address is looked at in cycle `from`, or when it is visible.
void Interconnect::line_up(std::size_t initiator, Cycle from) {
  const Pending& head = initiators_[initiator].first_waiting();
  channels_[head.channel].heads |= 1U << initiator;
  look_for_grant(head.channel, std::max(head.visible, from));
}

void Interconnect::memory_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) {
  const auto number = index_of(burst.initiator);
  Initiator& initiator = initiators_[number];
  std::size_t at = 0;
  while (at < initiator.granted && initiator.bursts[at].burst.handle != burst.handle) ++at;
  if (at == initiator.granted)
    throw std::logic_error("the memory answers a burst at address " + std::to_string(burst.address) +
                           " that is not under way");
  Pending& pending = initiator.bursts[at];
  pending.arrived = true;
  pending.delay = delay;
  pending.delay_cycles = delay_ps == 0 ? 0 : delay_ps / inward_.from.period_ps;
  pending.visible = clock().edge_at_or_after(done_ps + (burst.write ? write_latency_ps_ : read_latency_ps_));
  if (at > 0) return;
  delivery_at_[number] = pending.visible;
  wake(pending.visible);
}

void Interconnect::reset() {
  for (Channel& channel : channels_) channel.next_turn = 0;
}

Cycle Interconnect::advance(Cycle now) {
  Cycle next = never;
  for (std::size_t i = 0; i < initiator_count; ++i) {
    if (delivery_at_[i] <= now) deliver(i, now);
    next = std::min(next, delivery_at_[i]);
  }
  const std::size_t channels = 2 * ports_there_;
  for (std::size_t i = 0; i < channels; ++i)
    if (grant_at_[i] <= now) grant(i, now);
  // Only now: what a port has passed on may leave the initiator with a burst for any of them.
  for (std::size_t i = 0; i < channels; ++i) next = std::min(next, grant_at_[i]);
  return next;
}

/// Hands back the initiator's bursts that have arrived, in order.
void Interconnect::deliver(std::size_t number, Cycle now) {
  Initiator& initiator = initiators_[number];
  while (delivery_at_[number] <= now) {
    const Pending& head = initiator.bursts.front();
    Channel& channel = channels_[head.channel];
    const BurstTiming timing = head.burst.write ? pass_write(head, now) : pass_read(initiator, head, now);
    --channel.outstanding;
    if (channel.heads != 0) look_for_grant(head.channel, now);
    side_.to_initiator(head.burst, timing);
    initiator.bursts.pop_front();
    --initiator.granted;
    const bool known = initiator.granted > 0 && initiator.bursts.front().arrived;
    delivery_at_[number] = known ? initiator.bursts.front().visible : never;
  }
}

BurstTiming Interconnect::pass_write(const Pending& write, Cycle now) const {
  BurstTiming timing;
  timing.delay = write.delay;
  timing.delay_cycles = write.delay_cycles;
  timing.done = outward_.crossing.seen(now + 1);
  timing.data_start = timing.done - inward_.from.edge_at_or_after(clock().time_ps(write.burst.beats));
  return timing;
}

/// The read's data passes its port as soon as that is free, and is seen in the order of issue.
BurstTiming Interconnect::pass_read(Initiator& initiator, const Pending& read, Cycle now) {
  Channel& channel = channels_[read.channel];
  const Cycle begin = std::max(now, channel.data_free), end = begin + read.burst.beats;
  channel.data_free = end;
  BurstTiming timing;
  timing.delay = read.delay;
  timing.delay_cycles = read.delay_cycles;
  timing.port_start = begin;
  timing.data_start = std::max(outward_.seen(begin), initiator.seen);
  if (begin > now) timing.port_wait = timing.data_start - std::max(outward_.seen(now), initiator.seen);
  initiator.seen = std::max(outward_.seen(end - 1), initiator.seen);
  timing.done = initiator.seen + 1;
  if (observer_ != nullptr) observer_->port_data({read.channel / 2, false, begin, end});
  return timing;
}

/// Gives one address of the channel to the next initiator in turn, and notes when to look again.
void Interconnect::grant(std::size_t number, Cycle now) {
  Channel& channel = channels_[number];
  grant_at_[number] = never;
  if (channel.outstanding >= port_outstanding_) return;
  const std::uint32_t after = ~std::uint32_t{0} << channel.next_turn;
  for (std::uint32_t part : {channel.heads & after, channel.heads & ~after})
    for (; part != 0; part &= part - 1) {
      const auto initiator = static_cast<std::size_t>(__builtin_ctz(part));
      const Cycle earliest = earliest_grant(channel, initiators_[initiator]);
      if (earliest <= now) return forward(initiator, number, now);
      look_for_grant(number, earliest);
    }
}

/// Passes the initiator's first burst on to the memory.
void Interconnect::forward(std::size_t number, std::size_t channel_number, Cycle now) {
  Initiator& initiator = initiators_[number];
  Channel& channel = channels_[channel_number];
  const Burst burst = initiator.bursts[initiator.granted++].burst;  // it may come back before this is over
  Cycle reaches_memory = now;
  channel.next_turn = number + 1;
  channel.next_address = initiator.next_address = now + 1;
  if (burst.write) {
    reaches_memory = channel.data_free = std::max(now, channel.data_free) + burst.beats;
    channel.next_address = std::max(channel.next_address, channel.data_free - 1);
    if (observer_ != nullptr)
      observer_->port_data({channel_number / 2, true, reaches_memory - burst.beats, reaches_memory});
  }
  ++channel.outstanding;
  channel.heads &= ~(1U << number);
  if (initiator.any_waiting()) line_up(number, now + 1);
  grant_at_[channel_number] = next_grant(channel);
  side_.to_memory(burst, channel_number / 2, reaches_memory);
}

/// When the first of the channel's bursts may pass its address on, if none is outstanding too many.
Cycle Interconnect::next_grant(const Channel& channel) const {
  Cycle next = never;
  for (std::uint32_t heads = channel.heads; heads != 0; heads &= heads - 1)
    next = std::min(next, earliest_grant(channel, initiators_[static_cast<std::size_t>(__builtin_ctz(heads))]));
  return next;
}

}  // namespace ernsim
