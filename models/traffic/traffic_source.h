#pragma once

#include <functional>

#include "models/traffic/traffic_stream.h"
#include "timing/clocked.h"
#include "timing/fifo.h"

namespace ernsim {

/// Takes the bursts of a TrafficSource to the memory.
class TrafficOut {
 public:
  virtual ~TrafficOut() = default;
  virtual void issue(std::int64_t number, const TrafficBurst& burst, Cycle at) = 0;
};

/// How far a source has come.
struct TrafficProgress {
  std::int64_t due = 0;   ///< bursts it should have moved
  std::int64_t done = 0;  ///< bursts it has moved
};

/// Issues the bursts of a stream when they are due, one a cycle at most and `outstanding` under way; what is late is
/// made up for.
class TrafficSource : public Clocked {
 public:
  TrafficSource(const TrafficConfig& config, TrafficOut& out);

  /// A burst is done at `done_ps`, which may be told ahead of time.
  void done(std::int64_t number, Picoseconds done_ps);

  TrafficProgress progress(Picoseconds time_ps) const;
  /// The longest time from a burst's due time to its end, of those told so far.
  Picoseconds latest_ps() const { return latest_ps_; }

 protected:
  Cycle advance(Cycle now) override;

 private:
  const TrafficStream stream_;
  const std::int64_t outstanding_;
  TrafficOut& out_;
  std::int64_t issued_ = 0;
  std::int64_t ended_ = 0;      ///< whose time has come
  Fifo<Picoseconds> ends_;      ///< of bursts that are done, and still count as under way
  std::int64_t under_way_ = 0;  ///< issued and not ended
  Picoseconds latest_ps_ = 0;
};

}  // namespace ernsim
