#pragma once

#include "models/traffic/traffic_config.h"

namespace ernsim {

struct TrafficBurst {
  std::uint64_t address = 0;
  bool write = false;
};

/// The bursts that a source wants to move, by number: what, and when. The same for the same configuration.
class TrafficStream {
 public:
  explicit TrafficStream(const TrafficConfig& config);

  /// When burst `number` is due, `never` without a rate. Burst 0 is due at 0.
  Picoseconds due_ps(std::int64_t number) const;
  /// Bursts that are due at `time_ps` or before.
  std::int64_t due_until(Picoseconds time_ps) const;
  TrafficBurst burst(std::int64_t number) const;

 private:
  std::int64_t offset(std::int64_t number) const;

  TrafficConfig config_;
  std::int64_t bytes_per_second_;
  std::int64_t writes_per_million_;
  std::uint64_t seed_;
};

}  // namespace ernsim
