#include <algorithm>
#include <map>
#include <random>

#include "models/accelerator/dma/load_engine.h"
#include "models/accelerator/pixel_embedding/pixel_embedding.h"
#include "tests/unit/timing_contracts/bench.h"

// models/accelerator/pixel_embedding/README.md: the buffer, against what the page says, on random loads of one burst
// each.

using namespace ernsim;

namespace {

struct Drawn {
  DmaConfig dma;
  PixelEmbeddingConfig embedding;
  std::vector<std::uint32_t> pixels;  ///< of each load: at most 256 bytes
  std::vector<Cycle> latencies;       ///< from issue to first beat, if the channel is free
};

Drawn drawn(std::uint32_t seed, std::int64_t buffer_beats) {
  std::mt19937 random(seed);
  const auto draw = [&random](std::uint32_t most) { return static_cast<std::uint32_t>(random() % (most + 1)); };
  Drawn made;
  made.dma.max_outstanding = 1 + draw(15);
  made.embedding = {1 + draw(5), buffer_beats};
  for (int i = 0; i < 40; ++i) {
    made.pixels.push_back(1 + draw(84));
    made.latencies.push_back(1 + draw(60));
  }
  return made;
}

/// Hands bursts back in order, a beat per cycle.
struct InOrder : BurstPort {
  explicit InOrder(const Drawn& drawn_case) : latencies(drawn_case.latencies) {}

  void issue(const Burst& burst, Cycle at) override {
    const Cycle start = std::max(at + latencies[issued.size()], free);
    free = start + burst.beats;
    issued.push_back(at);
    beats.push_back(burst.beats);
    coming.push_back({burst, {start, free, 0, MemoryDelay::none, 0, start}});
  }
  void release(const Burst&) override {}

  std::vector<Cycle> latencies;
  Cycle free = 0;
  std::vector<Cycle> issued;
  std::vector<std::int64_t> beats;
  std::vector<std::pair<Burst, BurstTiming>> coming;
};

struct Result {
  std::vector<Cycle> issued, done, ended;
  std::vector<std::int64_t> beats;
};

/// Evaluates the engine every cycle, or only when it is due.
Result simulate(const Drawn& made, bool every_cycle) {
  test::UnitBench bench;
  PixelEmbedding embedding(made.embedding, 64);
  InOrder port(made);
  LoadEngine unit(UnitId::load_activations, InitiatorId::load_activations, bench.context, made.dma, test::same_clock,
                  port, embedding);
  unit.buffer(made.embedding.buffer_beats);
  unit.begin(0, 1, true);
  for (std::size_t i = 0; i < made.pixels.size(); ++i) {
    Instruction load;
    load.unit = UnitId::load_activations;
    load.transfer.external_address = static_cast<std::uint32_t>(4096 * i);
    load.transfer.run_bytes = 3 * made.pixels[i];
    load.transfer.image = true;
    unit.push(load, 0);
  }
  Result result;
  for (Cycle now = 0; now < 20'000; ++now) {
    if (every_cycle || unit.due() <= now) unit.evaluate(now);
    for (const auto& [burst, timing] : port.coming) {
      unit.completed(burst, timing);
      result.done.push_back(timing.done);
    }
    port.coming.clear();
  }
  for (const auto& each : bench.ran) result.ended.push_back(each.end);
  result.issued = port.issued;
  result.beats = port.beats;
  return result;
}

/// Beats of the bursts before `i` that are issued and not in place in cycle `at`.
std::int64_t taken(const Result& result, std::size_t i, Cycle at) {
  std::int64_t beats = 0;
  for (std::size_t j = 0; j < i; ++j) beats += result.ended[j] > at ? result.beats[j] : 0;
  return beats;
}

std::int64_t under_way(const Result& result, std::size_t i, Cycle at) {
  return std::count_if(result.ended.begin(), result.ended.begin() + static_cast<std::ptrdiff_t>(i),
                       [at](Cycle ended) { return ended > at; });
}

}  // namespace

TEST_CASE("a burst is issued in the first cycle in which the buffer has room for all of it, not earlier, not later") {
  std::size_t held = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const Drawn made = drawn(seed, 16 + seed);
    const Result result = simulate(made, true);
    REQUIRE(result.ended.size() == made.pixels.size());
    for (std::size_t i = 1; i < result.issued.size(); ++i) {
      Cycle expected = result.issued[i - 1] + 1 + made.dma.issue_cycles;  // the load before has issued its last burst
      const Cycle unheld = expected;
      while (under_way(result, i, expected) >= made.dma.max_outstanding) ++expected;
      const Cycle outstanding = expected;
      while (taken(result, i, expected) + result.beats[i] > made.embedding.buffer_beats ||
             under_way(result, i, expected) >= made.dma.max_outstanding)
        ++expected;
      held += expected > std::max(unheld, outstanding) ? 1 : 0;
      CHECK(result.issued[i] == expected);
    }
  }
  CHECK(held > 500);
}

TEST_CASE("evaluated when it asks to be, an engine with a buffer does what it does evaluated every cycle") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const Drawn made = drawn(seed, 16 + seed);
    const Result step = simulate(made, true), leap = simulate(made, false);
    CHECK(step.issued == leap.issued);
    CHECK(step.ended == leap.ended);
  }
}

TEST_CASE("a buffer deeper than ever filled changes no cycle, one beat less does") {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    const Result endless = simulate(drawn(seed, 100'000), true);
    std::int64_t most = 0;
    for (std::size_t i = 0; i < endless.issued.size(); ++i)
      most = std::max(most, taken(endless, i, endless.issued[i]) + endless.beats[i]);
    CHECK(simulate(drawn(seed, most), true).issued == endless.issued);
    CHECK(simulate(drawn(seed, most - 1), true).issued != endless.issued);
  }
}
