#include "models/traffic/traffic_source.h"

#include <algorithm>

namespace ernsim {

TrafficSource::TrafficSource(const TrafficConfig& config, TrafficOut& out)
    : Clocked(config.clock()), stream_(config), outstanding_(config.outstanding), out_(out) {}

void TrafficSource::done(std::int64_t number, Picoseconds done_ps) {
  ends_.push_back(done_ps);
  latest_ps_ = std::max(latest_ps_, done_ps - stream_.due_ps(number));
  if (under_way_ == outstanding_ && ends_.size() == 1) wake(clock().edge_at_or_after(done_ps));
}

TrafficProgress TrafficSource::progress(Picoseconds time_ps) const {
  TrafficProgress progress{stream_.due_until(time_ps), ended_};
  for (std::size_t i = 0; i < ends_.size(); ++i)
    if (ends_[i] <= time_ps) ++progress.done;
  return progress;
}

Cycle TrafficSource::advance(Cycle now) {
  for (; !ends_.empty() && ends_.front() <= clock().time_ps(now); ends_.pop_front()) {
    ++ended_;
    --under_way_;
  }
  if (under_way_ < outstanding_ && stream_.due_ps(issued_) <= clock().time_ps(now)) {
    ++under_way_;
    out_.issue(issued_, stream_.burst(issued_), now);
    ++issued_;
  }
  if (under_way_ == outstanding_) return ends_.empty() ? never : clock().edge_at_or_after(ends_.front());
  return std::max(now + 1, clock().edge_at_or_after(stream_.due_ps(issued_)));
}

}  // namespace ernsim
