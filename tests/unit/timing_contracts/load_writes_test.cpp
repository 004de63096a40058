#include <deque>
#include <map>
#include <numeric>
#include <random>

#include "models/accelerator/dma/load_engine.h"
#include "models/accelerator/dma/residual_sink.h"
#include "models/accelerator/pixel_embedding/pixel_embedding.h"
#include "tests/unit/timing_contracts/bench.h"

// models/accelerator/dma/README.md: in which cycle a load writes which word. Ports of 16 bytes.

using namespace ernsim;

namespace {

struct Written {
  Cycle cycle = 0;
  std::uint32_t address = 0;
  std::vector<std::uint8_t> word;

  bool operator==(const Written& o) const { return cycle == o.cycle && address == o.address && word == o.word; }
};

struct Writes : PortObserver {
  void beats(const PortBeats& beats) override {
    if (beats.port < Port::load_activations_writes || beats.port > Port::load_residuals_writes) return;
    const auto* word = static_cast<const std::uint8_t*>(beats.data);
    for (std::size_t i = 0; i < beats.count; ++i, word += beats.word_bytes)
      all.push_back({beats.cycles[i], beats.addresses[i], {word, word + beats.word_bytes}});
  }
  std::vector<Written> all;
};

/// Remembers bursts; their data are the low bytes of their addresses.
struct BurstLog : BurstPort {
  void issue(const Burst& burst, Cycle) override { issued.push_back(burst); }
  void release(const Burst&) override {}
  std::vector<Burst> issued;
};

struct Observed : test::UnitBench {
  Writes writes;
  BurstLog port;

  Observed() {
    context.data = true;
    context.ports = &writes;
  }
};

/// A load engine in front of a memory of 64 words of 0xEE.
struct Bench : Observed {
  std::vector<std::uint8_t> bytes;
  SharedWritePort shared;
  LoadEngine unit;

  template <class Sink>
  Bench(Sink& sink, std::size_t word_bytes)
      : bytes(64 * word_bytes, 0xEE),
        unit(UnitId::load_weights, InitiatorId::load_weights, context, DmaConfig{}, test::same_clock, port, sink) {
    sink.attach(MemoryView{bytes.data(), word_bytes, 64});
    unit.begin(0, 1, true);
  }

  /// Executes the load; burst i's first beat comes in first_beats[i].
  void load(const TransferOperands& operands, const std::vector<Cycle>& first_beats) {
    Instruction made;
    made.unit = UnitId::load_weights;
    made.transfer = operands;
    unit.push(made, 0);
    run(unit, 30);
    REQUIRE(port.issued.size() == first_beats.size());
    for (std::size_t i = 0; i < first_beats.size(); ++i) {
      Burst& burst = port.issued[i];
      data.emplace_back(burst.bytes);
      std::iota(data.back().begin(), data.back().end(), static_cast<std::uint8_t>(burst.address));
      burst.data = data.back().data();
      unit.completed(burst, {first_beats[i], first_beats[i] + burst.beats, 0, MemoryDelay::none, 0, first_beats[i]});
    }
    run(unit, 400);
    REQUIRE(ran.size() == 1);
  }

  std::deque<std::vector<std::uint8_t>> data;
};

TransferOperands run_of(std::uint32_t address, std::uint32_t bytes, std::uint32_t word) {
  TransferOperands operands;
  operands.external_address = address;
  operands.run_bytes = bytes;
  operands.memory_address = word;
  return operands;
}

std::vector<std::uint8_t> counting(std::uint8_t first, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  std::iota(bytes.begin(), bytes.end(), first);
  return bytes;
}

std::vector<EmbeddingThresholds> ten_codes() { return std::vector<EmbeddingThresholds>(10, {80, 160, 240}); }

/// Addresses written in each cycle.
std::map<Cycle, std::vector<std::uint32_t>> by_cycle(const std::vector<Written>& all) {
  std::map<Cycle, std::vector<std::uint32_t>> found;
  for (const Written& each : all) found[each.cycle].push_back(each.address);
  return found;
}

using ByCycle = std::map<Cycle, std::vector<std::uint32_t>>;

}  // namespace

TEST_CASE("a word is written in the cycle of the beat with its last byte") {
  MemorySink sink;
  Bench bench(sink, 24);
  bench.load(run_of(0, 48, 7), {40});
  CHECK(bench.writes.all == std::vector<Written>{{41, 7, counting(0, 24)}, {42, 8, counting(24, 24)}});
  CHECK(bench.ran[0].end == 43);
}

TEST_CASE("the words that one beat completes are written in one cycle") {
  MemorySink sink;
  Bench bench(sink, 4);
  bench.load(run_of(8, 16, 0), {40});  // half a beat, half a beat
  CHECK(by_cycle(bench.writes.all) == ByCycle{{40, {0, 1}}, {41, {2, 3}}});
}

TEST_CASE("a word that bursts share is written with the last of them") {
  MemorySink sink;
  Bench bench(sink, 512);
  bench.load(run_of(0, 512, 3), {40, 100});
  std::vector<std::uint8_t> word = counting(0, 256);
  word.insert(word.end(), word.begin(), word.begin() + 256);
  CHECK(bench.writes.all == std::vector<Written>{{115, 3, word}});
}

TEST_CASE("a run that ends inside a word writes the bytes that came and leaves the others") {
  MemorySink sink;
  Bench bench(sink, 24);
  bench.load(run_of(0, 32, 0), {40});
  std::vector<std::uint8_t> second(24, 0xEE);
  std::iota(second.begin(), second.begin() + 8, 24);
  CHECK(bench.writes.all == std::vector<Written>{{41, 0, counting(0, 24)}, {41, 1, second}});
}

TEST_CASE("packed sums are a word in the cycle of the beat that brings the last of them") {
  ResidualSink sink;
  Bench bench(sink, 16);
  TransferOperands operands = run_of(4, 24, 5);  // two words of eight sums, 12 bytes each, from lane 4 on
  operands.sum_bits = 12;
  bench.load(operands, {40});
  CHECK(by_cycle(bench.writes.all) == ByCycle{{40, {5}}, {41, {6}}});
  CHECK(bench.writes.all[0].word[0] == 0x04);  // 12 bits of bytes 04 05 are 0x504, 12 of 05 06 are 0x060
  CHECK(bench.writes.all[0].word[1] == 0x05);
  CHECK(bench.writes.all[0].word[2] == 0x60);
  CHECK(bench.writes.all[0].word[3] == 0x00);
}

TEST_CASE("packed sums of a word that two bursts share are written with the second") {
  ResidualSink sink;
  Bench bench(sink, 16);
  TransferOperands operands = run_of(244, 24, 0);
  operands.sum_bits = 12;
  bench.load(operands, {40, 60});  // bytes 244 to 255, 256 to 267
  CHECK(by_cycle(bench.writes.all) == ByCycle{{40, {0}}, {60, {1}}});
}

TEST_CASE("an image's pixels are written pixels_per_cycle at a time, not before their last byte") {
  PixelEmbedding embedding({}, 32);  // 30 codes: one word per pixel
  embedding.set_thresholds(ten_codes());
  Bench bench(embedding, 8);
  TransferOperands operands = run_of(0, 33, 0);  // beats bring 5, 5 and 1 pixels
  operands.image = true;
  bench.load(operands, {40});
  CHECK(by_cycle(bench.writes.all) == ByCycle{{40, {0, 1, 2, 3}}, {41, {4, 5, 6, 7}}, {42, {8, 9, 10}}});
  CHECK(bench.ran[0].end == 43);
}

TEST_CASE("after a first beat that is not full the embedding makes up for it") {
  PixelEmbedding embedding({}, 32);
  embedding.set_thresholds(ten_codes());
  Bench bench(embedding, 8);
  TransferOperands operands = run_of(15, 33, 0);  // beats of 1, 16 and 16 bytes: 0, 5 and 6 pixels
  operands.image = true;
  bench.load(operands, {40});
  CHECK(by_cycle(bench.writes.all) == ByCycle{{41, {0, 1, 2, 3, 4}}, {42, {5, 6, 7, 8, 9, 10}}});
  CHECK(bench.ran[0].end == 43);
}

TEST_CASE("a pixel that two bursts share is written with the second, all its words at once") {
  PixelEmbedding embedding({}, 16);  // 30 codes: two words per pixel
  embedding.set_thresholds(ten_codes());
  Bench bench(embedding, 4);
  TransferOperands operands = run_of(251, 9, 0);  // five bytes, four bytes
  operands.image = true;
  bench.load(operands, {40, 60});
  CHECK(by_cycle(bench.writes.all) == ByCycle{{40, {0, 3}}, {60, {1, 4, 2, 5}}});
}

TEST_CASE("an image's words follow each other where the embedding is slower than the port") {
  PixelEmbeddingConfig config;
  config.pixels_per_cycle = 1;
  PixelEmbedding embedding(config, 32);
  embedding.set_thresholds(ten_codes());
  Bench bench(embedding, 8);
  TransferOperands operands = run_of(0, 48, 0);
  operands.image = true;
  bench.load(operands, {40});
  REQUIRE(bench.writes.all.size() == 16);
  for (std::uint32_t i = 0; i < 16; ++i) {
    CHECK(bench.writes.all[i].cycle == 40 + i);
    CHECK(bench.writes.all[i].address == i);
  }
  CHECK(bench.ran[0].end == 56);
}

TEST_CASE("with a shared write port words go into the cycles that are left") {
  MemorySink sink;
  Bench bench(sink, 16);
  bench.unit.share(bench.shared);
  bench.shared.reserve(0, 41, 51);
  bench.load(run_of(0, 48, 0), {40});
  CHECK(by_cycle(bench.writes.all) == ByCycle{{40, {0}}, {51, {1}}, {52, {2}}});
  CHECK(bench.ran[0].end == 53);
}

TEST_CASE("up to a step those pixels are embedded that have come, at most pixels_per_cycle for each step") {
  std::mt19937 random(1);
  const auto draw = [&random](std::uint32_t most) { return static_cast<std::uint32_t>(random() % (most + 1)); };
  for (int round = 0; round < 500; ++round) {
    PixelEmbeddingConfig config;
    config.pixels_per_cycle = 1 + draw(15);
    PixelEmbedding embedding(config, 32);
    embedding.set_thresholds(ten_codes());
    const std::uint32_t width = 4U << draw(4);
    Instruction load;
    load.transfer = run_of(draw(5000), 3 * (1 + draw(300)), 0);
    load.transfer.image = true;
    BurstWalk walk(load.transfer, width, 1 + draw(15));
    std::int64_t next = 0;
    while (!walk.done()) {
      const RunPosition position = walk.position();
      const Burst burst = walk.next();
      const LoadedBurst loaded{load, burst, position, width};
      std::vector<WordWrite> writes;
      embedding.list_writes(loaded, writes);
      const std::int64_t before = position.offset_bytes / 3;
      std::uint64_t bytes_end = (burst.address / width + 1) * width;  // of what has come with beat 0
      std::size_t embedded = 0;
      for (Cycle step = 0; step < embedding.cycles(loaded); ++step, bytes_end += width) {
        const std::uint64_t come = std::min<std::uint64_t>(bytes_end, burst.address + burst.bytes) - burst.address;
        const std::int64_t arrived = static_cast<std::int64_t>(position.offset_bytes + come) / 3 - before;
        for (; embedded < writes.size() && writes[embedded].step == step; ++embedded)
          REQUIRE(writes[embedded].address == next++);
        REQUIRE(static_cast<std::int64_t>(embedded) == std::min(arrived, (step + 1) * config.pixels_per_cycle));
      }
      REQUIRE(embedded == writes.size());
    }
    REQUIRE(next == load.transfer.run_bytes / 3);
  }
}
