#include <catch2/catch.hpp>
#include <map>

#include "models/dram/scheduler.h"
#include "tests/unit/dram/simulate.h"

namespace ernsim {
namespace {

/// A channel that gets its requests the cycle before they are visible, in that order.
struct Bench : DramCommandObserver {
  explicit Bench(const DramConfig& config) : channel(config) { channel.show_commands(this); }
  void dram_command(const DramCommand& command) override { commands.push_back(command); }
  void submit(std::uint64_t address, bool write, Cycle visible = 10) {
    run(visible - 1);
    channel.submit({address, write, next_tag++}, visible);
  }
  void run(Cycle until) {
    for (; now <= until; ++now)
      if (channel.next(now) == now)
        if (const auto access = channel.issue(now)) done_at[access->tag] = access->done;
  }
  DramChannel channel;
  std::vector<DramCommand> commands;
  std::map<std::uint64_t, Cycle> done_at;
  std::uint64_t next_tag = 0;
  Cycle now = 0;
};

DramConfig quiet() {
  DramConfig config;
  config.refresh = false;
  return config;
}

constexpr std::uint64_t kv260_row_stride = 8 * 8192;  ///< next row of the same bank, row_bank_column

TEST_CASE("A read of a closed row is done tRCD + CL + 4 cycles after it is seen", "[dram]") {
  Bench bench(quiet());
  bench.submit(0, false, 10);
  bench.run(1000);
  CHECK(bench.commands ==
        std::vector<DramCommand>{{10, DramCommandKind::activate, 0, 0}, {26, DramCommandKind::read, 0, 0}});
  CHECK(bench.done_at.at(0) == 26 + 16 + 4);
}

TEST_CASE("A write is done CWL + 4 cycles after its command", "[dram]") {
  Bench bench(quiet());
  bench.submit(0, true, 10);
  bench.run(1000);
  CHECK(bench.done_at.at(0) == 26 + 14 + 4);
}

TEST_CASE("A row conflict closes the row after tRAS and opens the other one", "[dram]") {
  Bench bench(quiet());
  bench.submit(0, false, 10);
  bench.submit(kv260_row_stride, false, 10);
  bench.run(1000);
  CHECK(bench.commands == std::vector<DramCommand>{{10, DramCommandKind::activate, 0, 0},
                                                   {26, DramCommandKind::read, 0, 0},
                                                   {50, DramCommandKind::precharge, 0, 0},
                                                   {67, DramCommandKind::activate, 0, 1},
                                                   {83, DramCommandKind::read, 0, 1}});
  CHECK(bench.channel.statistics().row_misses == 2);
  CHECK(bench.channel.statistics().row_conflicts == 1);
}

TEST_CASE("The closed page policy closes a row with its last queued access", "[dram]") {
  DramConfig config = quiet();
  config.page_policy = PagePolicy::closed;
  Bench bench(config);
  bench.submit(0, false);
  bench.submit(64, false);
  bench.run(1000);
  REQUIRE(bench.commands.size() == 3);
  CHECK(bench.commands[1].kind == DramCommandKind::read);
  CHECK(bench.commands[2].kind == DramCommandKind::read_precharge);
}

TEST_CASE("A row hit goes first with fr_fcfs and waits its turn with fcfs", "[dram]") {
  DramConfig config = quiet();
  const auto scheduler = GENERATE(DramScheduler::fcfs, DramScheduler::fr_fcfs);
  config.scheduler = scheduler;
  Bench bench(config);
  bench.submit(0, false);
  bench.submit(kv260_row_stride, false);
  bench.submit(64, false);
  bench.run(1000);
  CHECK((bench.done_at.at(2) < bench.done_at.at(1)) == (scheduler == DramScheduler::fr_fcfs));
}

TEST_CASE("A read after a write to the same 64 bytes waits for it", "[dram]") {
  Bench bench(quiet());
  bench.submit(64, false);
  bench.submit(0, true);
  bench.submit(32, false);
  bench.submit(128, false);
  bench.run(1000);
  CHECK(bench.done_at.at(2) > bench.done_at.at(1));
  CHECK(bench.done_at.at(3) < bench.done_at.at(1));
}

TEST_CASE("Accesses to the same 64 bytes keep their order unless both read", "[dram]") {
  for (const DramConfig& config : test::all_policies())
    for (std::uint64_t seed = 2; seed <= 6; seed += 2) {
      const test::Outcome outcome = test::simulate(config, test::mixed_traffic(seed, 3000));
      REQUIRE(outcome.finished);
      std::map<std::uint64_t, std::uint64_t> last_write, last_any;
      bool ordered = true;
      for (const DramCompletion& access : outcome.completions) {
        const DramRequest& request = outcome.requests.at(access.tag).first;
        const std::uint64_t after = request.write ? last_any[request.address] : last_write[request.address];
        ordered = ordered && request.tag + 1 > after;
        last_any[request.address] = std::max(last_any[request.address], request.tag + 1);
        if (request.write) last_write[request.address] = request.tag + 1;
      }
      CHECK(ordered);
    }
}

TEST_CASE("A place in the queue comes free when the column command issues", "[dram]") {
  DramConfig config = quiet();
  config.queue_depth = 1;
  Bench bench(config);
  REQUIRE(bench.channel.has_room());
  bench.submit(0, false, 10);
  bench.run(25);
  CHECK_FALSE(bench.channel.has_room());
  bench.run(26);
  CHECK(bench.channel.has_room());
}

TEST_CASE("An idle controller without refresh sleeps", "[dram]") {
  Bench bench(quiet());
  bench.submit(0, false);
  bench.run(100'000);
  CHECK(bench.channel.next(bench.now) == never);
}

TEST_CASE("Refreshes keep the average rate of one per tREFI", "[dram]") {
  const bool busy = GENERATE(false, true);
  DramConfig config;
  TrafficPattern pattern = test::mixed_traffic(1, 60'000);
  pattern.max_gap = busy ? 0 : 200;
  const test::Outcome outcome = test::simulate(config, pattern);
  const DramTiming t = dram_timing(config);
  CHECK(std::abs(outcome.statistics.refreshes - outcome.last_done / t.refresh_interval) <= 1);
  std::int64_t n = 0;
  for (const DramCommand& c : outcome.commands)
    if (c.kind == DramCommandKind::refresh) {
      ++n;
      REQUIRE(c.at >= n * t.refresh_interval);
      REQUIRE(c.at < n * t.refresh_interval + 100);
    }
}

TEST_CASE("Refreshes go on while there is nothing else to do", "[dram]") {
  Bench bench(DramConfig{});
  bench.run(9360 * 10);
  CHECK(bench.channel.statistics().refreshes == 10);
}

TEST_CASE("A stream of row hits cannot starve a request to another row", "[dram]") {
  const bool write = GENERATE(false, true);
  Bench bench(quiet());
  bench.submit(0, false);
  bench.submit(kv260_row_stride, write);
  while (bench.done_at.count(1) == 0 && bench.next_tag < 5000) {
    while (bench.channel.has_room()) bench.submit(bench.next_tag % 128 * 64, false, bench.now);
    bench.run(bench.now);
  }
  CHECK(bench.done_at.count(1) == 1);
  CHECK(bench.next_tag <= static_cast<std::uint64_t>(Scheduler::overtake_limit) + 100);
}

TEST_CASE("Counters add up", "[dram]") {
  for (const DramConfig& config : test::all_policies()) {
    const test::Outcome o = test::simulate(config, test::mixed_traffic(5, 4000));
    std::map<DramCommandKind, std::int64_t> count;
    for (const DramCommand& c : o.commands) ++count[c.kind];
    std::int64_t reads = 0;
    for (const auto& [tag, request] : o.requests) reads += request.first.write ? 0 : 1;
    const DramStatistics& s = o.statistics;
    CHECK(s.read_bytes == 64 * reads);
    CHECK(s.read_bytes + s.write_bytes == 64 * 4000);
    CHECK(s.row_hits + s.row_misses == 4000);
    CHECK(s.row_conflicts <= s.row_misses);
    CHECK(s.row_misses <= s.activates);
    CHECK(s.activates == count[DramCommandKind::activate]);
    CHECK(s.refreshes == count[DramCommandKind::refresh]);
    CHECK(s.precharges <= s.activates);
    CHECK(s.activates - s.precharges <= dram_timing(config).banks());
    CHECK(s.turnarounds < 4000);
  }
}

}  // namespace
}  // namespace ernsim
