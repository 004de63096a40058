#include <catch2/catch.hpp>
#include <iterator>
#include <random>
#include <set>

#include "models/dram/memory_controller.h"
#include "tests/unit/dram/allocations.h"
#include "tests/unit/dram/reference_memory.h"
#include "tests/unit/dram/simulate.h"
#include "timing/engine.h"

namespace ernsim {
namespace {

using test::BurstRecord;

/// Counts evaluations.
class Observed : public MemoryController {
 public:
  using MemoryController::MemoryController;
  std::int64_t evaluations = 0;

 protected:
  Cycle advance(Cycle now) override {
    ++evaluations;
    return MemoryController::advance(now);
  }
};

/// An initiator on a clock of its own: random bursts of any length and alignment at all ports, some at once, some after
/// others are done.
class Initiator : public Clocked, public BurstListener {
 public:
  Initiator(std::uint64_t seed, std::size_t bursts) : Clocked(Clock{4000}), random_(seed), records(bursts) {}
  void connect(MemoryController& memory) { memory_ = &memory; }
  bool finished() const { return done_ == records.size(); }

  void burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) override {
    BurstRecord& record = *static_cast<BurstRecord*>(burst.handle);
    record.done_ps = done_ps;
    record.delay = delay;
    record.delay_ps = delay_ps;
    ++done_;
    wake(clock().edge_at_or_after(done_ps));
  }

 protected:
  Cycle advance(Cycle now) override {
    if (issued_ == records.size() || now < ready_) return issued_ == records.size() ? never : ready_;
    std::size_t outstanding = 0;
    for (std::size_t i = 0; i < issued_; ++i)
      outstanding += records[i].done_ps == 0 || records[i].done_ps > clock().time_ps(now) ? 1 : 0;
    if (outstanding >= 12) return never;
    issue(records[issued_++], now);
    ready_ = now + 1 + static_cast<Cycle>(random_() % 8 == 0 ? random_() % 400 : random_() % 3);
    return ready_;
  }

 private:
  void issue(BurstRecord& record, Cycle now) {
    record.burst.address = random_() % (random_() % 2 == 0 ? 4096 : 1 << 22);
    record.burst.bytes = static_cast<std::uint32_t>(1 + random_() % 300);
    record.burst.write = random_() % 3 == 0;
    record.burst.handle = &record;
    record.port = random_() % 4;
    record.reaches_ps = clock().time_ps(now) + static_cast<Picoseconds>(random_() % 3 * 777);
    memory_->request(record.burst, test::port_of_hp(record.port), record.reaches_ps);
  }

  std::mt19937_64 random_;
  MemoryController* memory_ = nullptr;
  std::size_t issued_ = 0, done_ = 0;
  Cycle ready_ = 0;

 public:
  std::vector<BurstRecord> records;
};

/// An initiator and the memory, gone through with one of the engines.
struct Bench : DramCommandObserver {
  Bench(const DramConfig& config, std::uint64_t seed, std::size_t bursts)
      : initiator(seed, bursts), memory(config, initiator, {0, 0, 0}) {
    initiator.connect(memory);
  }
  void run(EngineKind kind, Picoseconds alone_ps) {
    memory.show_commands(this);
    Engine engine(kind);
    engine.add(initiator);
    engine.add(memory);
    for (Picoseconds now = 0; now != never && !initiator.finished(); now = engine.next_ps(now))
      if (alone_ps == 0)
        engine.evaluate(now);
      else
        engine.run(now, now + alone_ps);
  }
  void dram_command(const DramCommand& command) override { commands.push_back(command); }

  Initiator initiator;
  Observed memory;
  std::vector<DramCommand> commands;
};

bool same_bursts(const std::vector<BurstRecord>& a, const std::vector<BurstRecord>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const BurstRecord& x, const BurstRecord& y) {
    return x.burst.address == y.burst.address && x.reaches_ps == y.reaches_ps && x.done_ps == y.done_ps &&
           x.delay == y.delay && x.delay_ps == y.delay_ps;
  });
}

/// Of a run that ended with the last burst, not with the last command.
bool begins_with(const std::vector<DramCommand>& all, const std::vector<DramCommand>& first) {
  return first.size() <= all.size() && std::equal(first.begin(), first.end(), all.begin());
}

TEST_CASE("Bursts are cut and served as by the slow reference, whichever way time is gone through", "[dram]") {
  std::uint64_t seed = 0;
  for (const DramConfig& config : test::all_policies()) {
    Bench stepped(config, ++seed, 120), leapt(config, seed, 120), alone(config, seed, 120);
    stepped.run(EngineKind::step, 0);
    leapt.run(EngineKind::leap, 0);
    alone.run(EngineKind::leap, 100'000);
    REQUIRE(alone.initiator.finished());
    std::vector<BurstRecord> again = alone.initiator.records;
    std::stable_sort(again.begin(), again.end(),
                     [](const BurstRecord& a, const BurstRecord& b) { return a.reaches_ps < b.reaches_ps; });
    const std::vector<DramCommand> commands = test::served_by_reference(config, again);
    CHECK(begins_with(alone.commands, commands));
    CHECK(begins_with(alone.commands, leapt.commands));
    CHECK(begins_with(alone.commands, stepped.commands));
    CHECK(same_bursts(alone.initiator.records, leapt.initiator.records));
    CHECK(same_bursts(alone.initiator.records, stepped.initiator.records));
    std::stable_sort(alone.initiator.records.begin(), alone.initiator.records.end(),
                     [](const BurstRecord& a, const BurstRecord& b) { return a.reaches_ps < b.reaches_ps; });
    CHECK(same_bursts(alone.initiator.records, again));
  }
}

TEST_CASE("Every access goes to its channel, and each channel keeps its distances", "[dram]") {
  std::uint64_t seed = 0;
  for (const char* part : {"generic_x8", "lpddr4_3200_x16", "lpddr5_6400_x16"})
    for (const std::int64_t channels : {2, 4}) {
      DramConfig config;
      config.part = dram_part(part);
      config.channels = channels;
      Bench stepped(config, ++seed, 200), leapt(config, seed, 200), alone(config, seed, 200);
      stepped.run(EngineKind::step, 0);
      leapt.run(EngineKind::leap, 0);
      alone.run(EngineKind::leap, 100'000);
      REQUIRE(alone.initiator.finished());
      CHECK(begins_with(alone.commands, leapt.commands));
      CHECK(begins_with(alone.commands, stepped.commands));
      CHECK(same_bursts(alone.initiator.records, leapt.initiator.records));
      CHECK(same_bursts(alone.initiator.records, stepped.initiator.records));
      std::int64_t bytes = 0;
      for (const BurstRecord& r : alone.initiator.records)
        bytes += dram_bytes(r.burst.address, r.burst.bytes, static_cast<std::uint64_t>(dram_access_bytes(config)));
      const DramStatistics sum = alone.memory.statistics();
      CHECK(sum.read_bytes + sum.write_bytes == bytes);
      for (std::uint32_t channel = 0; channel < channels; ++channel) {
        std::vector<DramCommand> own;
        std::copy_if(alone.commands.begin(), alone.commands.end(), std::back_inserter(own),
                     [channel](const DramCommand& c) { return c.channel == channel; });
        CHECK(own.size() > 100);
        CHECK(test::check(config, own) == "");
      }
    }
}

/// Ports that always have a burst waiting.
class Saturating : public BurstListener {
 public:
  Saturating(const DramConfig& config, const std::vector<int>& priorities) : memory(config, *this, priorities) {
    for (std::size_t port = 0; port < priorities.size(); ++port)
      for (int i = 0; i < 64; ++i) issue(port, 0);
  }
  void burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay, Picoseconds) override {
    issue(reinterpret_cast<std::size_t>(burst.handle), done_ps);
  }
  void run(Picoseconds until) {
    Engine engine(EngineKind::leap);
    engine.add(memory);
    engine.run(-1, until);
  }
  MemoryController memory;

 private:
  void issue(std::size_t port, Picoseconds at_ps) {
    Burst burst;
    burst.address = random_() % (1 << 28) / 64 * 64;
    burst.bytes = 64;
    burst.handle = reinterpret_cast<void*>(port);
    memory.request(burst, port, at_ps);
  }
  std::mt19937_64 random_{7};
};

TEST_CASE("Of ports that are never empty equals get as much, the first all but what keeps the others from starving",
          "[dram]") {
  Saturating equal(DramConfig{}, {0, 0, 0}), ranked(DramConfig{}, {0, 2, 1});
  equal.run(200'000'000);
  ranked.run(200'000'000);
  const auto read = [](const Saturating& each, std::size_t port) { return each.memory.port_bytes(port).read; };
  CHECK(std::abs(read(equal, 0) - read(equal, 1)) <= 64 * 64);
  CHECK(std::abs(read(equal, 1) - read(equal, 2)) <= 64 * 64);
  const std::int64_t all = read(ranked, 0) + read(ranked, 1) + read(ranked, 2);
  CHECK(read(ranked, 1) > all * 98 / 100);
  for (const std::size_t port : {0, 2}) CHECK(read(ranked, port) >= all / (MemoryController::pass_limit + 2) - 64 * 64);
}

TEST_CASE("Channels take turns every channel_interleave_bytes, and no two addresses meet", "[dram]") {
  DramConfig config;
  config.channels = 4;
  config.channel_interleave_bytes = 128;
  const ChannelInterleaving interleaving(config);
  CHECK(interleaving.channel(127) == 0);
  CHECK(interleaving.channel(128) == 1);
  CHECK(interleaving.channel(511) == 3);
  CHECK(interleaving.channel(512) == 0);
  CHECK(interleaving.inner(512 + 5) == 128 + 5);
  std::set<std::pair<std::size_t, std::uint64_t>> seen;
  for (std::uint64_t address = 0; address < 4096; ++address)
    seen.insert({interleaving.channel(address), interleaving.inner(address)});
  CHECK(seen.size() == 4096);
}

TEST_CASE("Channels that do not fit their interleaving are refused", "[dram]") {
  DramConfig config;
  config.channels = 3;
  CHECK_THROWS_AS(validate(config), ConfigError);
  config.channels = 2;
  config.channel_interleave_bytes = 32;
  CHECK_THROWS_AS(validate(config), ConfigError);
  config.channel_interleave_bytes = 96;
  CHECK_THROWS_AS(validate(config), ConfigError);
  config.channel_interleave_bytes = 64;
  CHECK_NOTHROW(validate(config));
}

TEST_CASE("The memory controller is evaluated only when something happens", "[dram]") {
  DramConfig config;
  Bench leapt(config, 3, 2000), alone(config, 3, 2000);
  leapt.run(EngineKind::leap, 0);
  alone.run(EngineKind::leap, 100'000);
  std::int64_t accesses = 0;
  for (const BurstRecord& r : leapt.initiator.records) accesses += dram_bytes(r.burst.address, r.burst.bytes, 64) / 64;
  const auto happenings = static_cast<std::int64_t>(leapt.commands.size()) + accesses;
  CHECK(leapt.memory.evaluations <= happenings);
  CHECK(alone.memory.evaluations < leapt.memory.evaluations * 3 / 4);
}

TEST_CASE("A memory of several channels is evaluated only when something happens in one of them", "[dram]") {
  for (const std::int64_t channels : {2, 4}) {
    DramConfig config;
    config.channels = channels;
    config.queue_depth = 2;
    Bench bench(config, 3, 2000);
    bench.run(EngineKind::leap, 0);
    std::int64_t accesses = 0;
    for (const BurstRecord& r : bench.initiator.records)
      accesses += dram_bytes(r.burst.address, r.burst.bytes, 64) / 64;
    CHECK(bench.memory.evaluations <= static_cast<std::int64_t>(bench.commands.size()) + accesses);
  }
}

TEST_CASE("The memory controller allocates nothing once it has seen the most bursts at a time", "[dram]") {
  Bench bench(DramConfig{}, 5, 3000);
  Engine engine(EngineKind::leap);
  engine.add(bench.initiator);
  engine.add(bench.memory);
  Picoseconds now = 0;
  const auto run_until = [&](Picoseconds end) {
    for (; now < end && now != never; now = engine.next_ps(now)) engine.run(now, now + 100'000);
  };
  run_until(50'000'000);
  const std::size_t before = test::allocations();
  run_until(100'000'000);
  CHECK_FALSE(bench.initiator.finished());
  CHECK(test::allocations() == before);
}

}  // namespace
}  // namespace ernsim
