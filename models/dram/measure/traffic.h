#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "models/dram/dram_channel.h"
#include "timing/fifo.h"

namespace ernsim {

/// A synthetic stream of 64-byte requests.
struct TrafficPattern {
  enum class Addresses { sequential, random };
  enum class Direction { reads, writes, random_half, alternating };

  Addresses addresses = Addresses::sequential;
  Direction direction = Direction::reads;
  std::int64_t requests = 0;
  std::int64_t outstanding = 64;     ///< most requests submitted and not done
  std::uint64_t bytes = 1ull << 30;  ///< addresses wrap here; a multiple of 64
  std::int64_t run_bytes = 0;        ///< alternating: bytes in one direction before the other one takes over
  std::uint64_t write_base = 0;      ///< alternating: where the writes' own sequential stream starts
  Cycle max_gap = 0;                 ///< cycles between submissions: random, 0 to this
  std::uint64_t seed = 1;
};

/// Sees what a Traffic submits and gets back.
class TrafficObserver {
 public:
  virtual ~TrafficObserver() = default;
  virtual void submitted(const DramRequest& request, Cycle visible) = 0;
  virtual void completed(const DramCompletion& completion) = 0;
};

/// A DRAM channel and a port that offers it a pattern, in order: at most one request a cycle, considered from the next
/// cycle on; a place that comes free is given away in the next cycle.
class Traffic {
 public:
  Traffic(const DramConfig& config, const TrafficPattern& pattern);

  /// One cycle. Returns the next one in which anything can change, `never` if there is none.
  Cycle serve(Cycle now);

  bool finished() const { return completions_ == pattern_.requests; }
  /// The last cycle in which data was on the bus.
  Cycle last_done() const { return last_done_; }
  /// Sum over all requests of completion less submission, in cycles.
  std::int64_t total_latency() const { return total_latency_; }
  Cycle max_latency() const { return max_latency_; }
  DramChannel& channel() { return channel_; }

  /// May be null.
  void show(TrafficObserver* observer) { observer_ = observer; }

 private:
  Cycle offer(Cycle now, bool room);
  void complete(const DramCompletion& access);
  DramRequest next_request();
  bool next_is_write();
  std::uint64_t next_address(bool write);
  std::uint64_t random(std::uint64_t below) { return random_() % below; }

  TrafficPattern pattern_;
  TrafficObserver* observer_ = nullptr;
  DramChannel channel_;
  std::mt19937_64 random_;
  std::int64_t submitted_ = 0;
  std::int64_t completions_ = 0;
  Cycle next_submission_ = 0;
  Fifo<Cycle> retire_at_;  ///< completed accesses that count as outstanding until their data is done
  std::vector<Cycle> submitted_at_;
  std::uint64_t read_offset_ = 0, write_offset_ = 0;
  std::int64_t total_latency_ = 0;
  Cycle max_latency_ = 0;
  Cycle last_done_ = 0;
};

}  // namespace ernsim
