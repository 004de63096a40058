#include "models/dram/measure/traffic.h"

#include <algorithm>

namespace ernsim {

Traffic::Traffic(const DramConfig& config, const TrafficPattern& pattern)
    : pattern_(pattern),
      channel_(config),
      random_(pattern.seed),
      submitted_at_(static_cast<std::size_t>(pattern.requests)) {}

Cycle Traffic::serve(Cycle now) {
  const bool room = channel_.has_room();
  if (channel_.next(now) == now)
    if (const auto access = channel_.issue(now)) complete(*access);
  const Cycle offer_at = offer(now, room);
  return std::min(channel_.next(now + 1), offer_at);
}

/// Submits a request if it may, and says when it may submit the next one.
Cycle Traffic::offer(Cycle now, bool room) {
  while (!retire_at_.empty() && retire_at_.front() < now) retire_at_.pop_front();
  if (submitted_ == pattern_.requests) return never;
  if (now < next_submission_) return next_submission_;
  const std::int64_t outstanding = submitted_ - completions_ + static_cast<std::int64_t>(retire_at_.size());
  if (outstanding >= pattern_.outstanding) return retire_at_.empty() ? never : retire_at_.front() + 1;
  if (!room) return channel_.has_room() ? now + 1 : never;
  submitted_at_[static_cast<std::size_t>(submitted_)] = now;
  const DramRequest request = next_request();
  channel_.submit(request, now + 1);
  if (observer_ != nullptr) observer_->submitted(request, now + 1);
  next_submission_ = now + 1;
  const auto gaps = static_cast<std::uint64_t>(pattern_.max_gap) + 1;
  if (pattern_.max_gap > 0) next_submission_ += static_cast<Cycle>(random(gaps));
  return next_submission_;
}

void Traffic::complete(const DramCompletion& access) {
  ++completions_;
  last_done_ = std::max(last_done_, access.done);
  const Cycle latency = access.done - submitted_at_[static_cast<std::size_t>(access.tag)];
  total_latency_ += latency;
  max_latency_ = std::max(max_latency_, latency);
  retire_at_.push_back(access.done);
  if (observer_ != nullptr) observer_->completed(access);
}

DramRequest Traffic::next_request() {
  const bool write = next_is_write();
  return {next_address(write), write, static_cast<std::uint64_t>(submitted_++)};
}

bool Traffic::next_is_write() {
  switch (pattern_.direction) {
    case TrafficPattern::Direction::reads:
      return false;
    case TrafficPattern::Direction::writes:
      return true;
    case TrafficPattern::Direction::random_half:
      return random(2) == 1;
    case TrafficPattern::Direction::alternating:
      break;
  }
  const std::int64_t byte = submitted_ * static_cast<std::int64_t>(channel_.timing().access_bytes);
  return byte / pattern_.run_bytes % 2 == 1;
}

std::uint64_t Traffic::next_address(bool write) {
  if (pattern_.addresses == TrafficPattern::Addresses::random)
    return random(pattern_.bytes / channel_.timing().access_bytes) * channel_.timing().access_bytes;
  const bool own_stream = write && pattern_.direction == TrafficPattern::Direction::alternating;
  std::uint64_t& offset = own_stream ? write_offset_ : read_offset_;
  const std::uint64_t address = (offset + (own_stream ? pattern_.write_base : 0)) % pattern_.bytes;
  offset += channel_.timing().access_bytes;
  return address;
}

}  // namespace ernsim
