#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <random>
#include <vector>

#include "models/dram/dram_controller.h"

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

/// Offers a pattern to a DRAM controller: at most one request a cycle, seen by the controller in the next cycle.
class Traffic : public Clocked, public DramListener {
 public:
  Traffic(const DramConfig& config, const TrafficPattern& pattern);

  /// To be called once, before the first cycle.
  void connect(DramController& controller) { controller_ = &controller; }

  void completed(const DramRequest& request, Cycle done) override;
  void room(Cycle now) override { wake(now + 1); }

  bool finished() const { return completions_ == pattern_.requests; }
  std::int64_t completions() const { return completions_; }
  /// The last cycle in which data was on the bus.
  Cycle last_done() const { return last_done_; }
  /// Sum over all requests of completion less submission, in cycles.
  std::int64_t total_latency() const { return total_latency_; }
  Cycle max_latency() const { return max_latency_; }

  /// Told of every completion, if set.
  std::function<void(const DramRequest&, Cycle done)> on_completed;

 protected:
  Cycle advance(Cycle now) override;

 private:
  DramRequest next_request();
  bool next_is_write();
  std::uint64_t next_address(bool write);
  std::uint64_t random(std::uint64_t below) { return random_() % below; }

  TrafficPattern pattern_;
  DramController* controller_ = nullptr;
  std::mt19937_64 random_;
  std::int64_t submitted_ = 0;
  std::int64_t completions_ = 0;
  std::uint64_t read_offset_ = 0;
  std::uint64_t write_offset_ = 0;
  Cycle next_submission_ = 0;
  Cycle last_done_ = 0;
  std::int64_t total_latency_ = 0;
  Cycle max_latency_ = 0;
  std::vector<Cycle> submitted_at_;  ///< by tag modulo its size
  std::deque<Cycle> retire_at_;      ///< ascending: `done` of requests whose data is not yet through
};

}  // namespace ernsim
