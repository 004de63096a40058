#include <catch2/catch.hpp>
#include <random>

#include "models/dram/scheduler.h"

namespace ernsim {
namespace {

/// A queue, a rank and a scheduler, driven by hand.
class Bench {
 public:
  explicit Bench(DramScheduler kind) : scheduler_(kind, queue_, rank_) {}

  bool full() const { return queue_.size() == queue_.capacity(); }
  const Choice& choice() const { return choice_; }
  Choice chosen_anew(Cycle now) const { return scheduler_.choose(now); }

  void arrive(std::uint64_t address, bool write, Cycle now) {
    queue_.submit({address, write, 0}, now);
    choice_ = scheduler_.choose_with(choice_, queue_.admit(), now);
  }

  void issue(Cycle now) {
    const RequestQueue::Entry entry = queue_.at(choice_.slot);
    if (choice_.command == CommandClass::activate) {
      rank_.activate(entry.bank, entry.row, now);
      scheduler_.activated(entry.bank, entry.row);
    } else if (choice_.command == CommandClass::precharge) {
      rank_.precharge(entry.bank, now);
      scheduler_.closed(entry.bank);
    } else {
      column(entry, now);
    }
    choice_ = scheduler_.choose(now + 1);
  }

 private:
  void column(const RequestQueue::Entry& entry, Cycle now) {
    entry.write() ? rank_.write(entry.bank, now) : rank_.read(entry.bank, now);
    scheduler_.issued(choice_.slot);
    queue_.remove(choice_.slot, [this](const RequestQueue::Entry& e) { scheduler_.unblocked(e); });
  }

  const DramTiming timing_ = dram_timing(DramPart::generic_x8);
  RequestQueue queue_{16, DramAddressMapping(AddressMapping::row_column_bank, timing_), timing_.bank_bits};
  RankState rank_{timing_};
  Scheduler scheduler_;
  Choice choice_;
};

TEST_CASE("What is chosen when a request arrives is what would be chosen anew", "[dram]") {
  for (const auto kind : {DramScheduler::fcfs, DramScheduler::fr_fcfs})
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      Bench bench(kind);
      std::mt19937_64 random(seed);
      bool same = true;
      for (Cycle now = 0; now < 50'000; ++now) {
        if (!bench.full() && random() % (2 * seed) == 0) {
          const std::uint64_t row = random() % 2, access = random() % 64;
          bench.arrive(row << 17 | access << 6, random() % 2 == 0, now);
          const Choice anew = bench.chosen_anew(now);
          same = same && bench.choice().at == anew.at && bench.choice().slot == anew.slot &&
                 bench.choice().command == anew.command;
        }
        if (bench.choice().at == now) bench.issue(now);
      }
      CHECK(same);
    }
}

TEST_CASE("Something can always be issued while requests are queued", "[dram]") {
  Bench bench(DramScheduler::fr_fcfs);
  std::mt19937_64 random(1);
  for (Cycle now = 0; now < 100'000; ++now) {
    while (!bench.full()) bench.arrive((random() % 4 << 17) | (random() % 32 << 6), random() % 2 == 0, now);
    REQUIRE(bench.choice().at != never);
    if (bench.choice().at == now) bench.issue(now);
  }
}

}  // namespace
}  // namespace ernsim
