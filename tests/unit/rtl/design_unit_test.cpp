#include <catch2/catch.hpp>

#include "rtl/quantization_rtl.h"

using namespace ernsim;
using namespace ernsim::rtl;

namespace {

/// Shows at its pins what the test wants.
class ScriptedDesign : public Design {
 public:
  explicit ScriptedDesign(std::function<void(Pins&)> script) : script_(std::move(script)) {}
  void reset() override {}
  void cycle(Pins& pins) override {
    pins.takes.assign(pins.credits.size(), 0);
    pins.consumed = pins.finished = pins.done_last = pins.busy = false;
    pins.posts = 0;
    script_(pins);
  }

 private:
  std::function<void(Pins&)> script_;
};

/// A quantization unit of one instruction around a scripted design.
class Bench : private ControlPort {
 public:
  explicit Bench(std::function<void(Pins&)> script)
      : unit_(UnitContext{Clock{}, bank_, *this}, AcceleratorConfig{}, std::make_unique<ScriptedDesign>(script)) {
    OnChipMemories memories;
    for (MemoryView* view :
         {&memories.activations, &memories.thresholds, &memories.accumulators, &memories.residuals, &memories.results})
      *view = {bytes_.data(), 2, bytes_.size() / 2};
    unit_.attach(memories);
    Instruction instruction;
    instruction.unit = UnitId::quantization;
    instruction.last = true;
    instruction.quantization.rows = instruction.quantization.columns = 1;
    unit_.begin(0, 1, true);
    unit_.push(instruction, 1);
  }

  void run(Cycle cycles) {
    for (Cycle now = 1; now <= cycles; ++now) unit_.evaluate(now);
  }
  std::vector<std::uint8_t>& bytes() { return bytes_; }
  SemaphoreBank& bank() { return bank_; }
  int finished_streams = 0;

 private:
  void consumed(UnitId, Cycle) override {}
  void finished(UnitId, Cycle) override { ++finished_streams; }
  void failed(const Fault&, Cycle) override { FAIL("a fault"); }
  void stopped(UnitId, Cycle) override { FAIL("a halt"); }

  SemaphoreBank bank_{1};
  std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(64);
  QuantizationRtl unit_;
};

}  // namespace

TEST_CASE("an instruction is pushed in the cycle in which it is seen, once") {
  std::vector<std::size_t> pushed;
  Bench bench([&](Pins& pins) { pushed.push_back(pins.pushes.size()); });
  bench.run(3);
  CHECK(pushed == std::vector<std::size_t>{instruction_bytes, 0, 0});
}

TEST_CASE("a design that finishes what it has not taken stops the simulation with its name and cycle") {
  Bench bench([](Pins& pins) { pins.finished = true; });
  CHECK_THROWS_WITH(bench.run(1), "RTL of quantization, cycle 1: it finishes an instruction that it has not taken");
}

TEST_CASE("a design that takes an instruction twice stops the simulation") {
  Bench bench([](Pins& pins) { pins.consumed = true; });
  CHECK_NOTHROW(bench.run(1));
  CHECK_THROWS_WITH(bench.run(2), Catch::Contains("takes an instruction that is not there"));
}

TEST_CASE("a design that takes credits that are not there stops the simulation") {
  Bench bench([](Pins& pins) { pins.consumed = (pins.takes[3] = 2) > 0; });
  CHECK_THROWS_WITH(bench.run(1), Catch::Contains("takes 2 of 0 credits of semaphore 11"));
}

TEST_CASE("a design that reads beyond a memory stops the simulation") {
  Bench bench([](Pins& pins) { pins.reads[0] = {true, 32, pins.reads[0].data}; });
  CHECK_THROWS_WITH(bench.run(1), Catch::Contains("read port 0 has address 32"));
}

TEST_CASE("a word is at the pins in the cycle after its address, as it was before that cycle's write") {
  std::vector<Bytes> seen;
  Bench bench([&](Pins& pins) {
    seen.push_back(pins.reads[0].data);
    pins.reads[0].enabled = true;
    pins.reads[0].address = 5;
    pins.writes[0] = {true, 5, {7, 8}};
  });
  bench.bytes()[10] = 3;
  bench.run(3);
  CHECK(seen == std::vector<Bytes>{{0, 0}, {3, 0}, {7, 8}});
}

TEST_CASE("a post apart from its instruction's end reaches the semaphore in its own cycle") {
  int cycle = 0;
  Bench bench([&](Pins& pins) { pins.posts = ++cycle == 2 ? 1U << 3 : 0; });
  bench.run(2);
  CHECK(bench.bank().credits(3, 2) == 0);
  CHECK(bench.bank().credits(3, 3) == 1);
}

TEST_CASE("a design that reports the end of a stream it has not taken stops the simulation") {
  Bench bench([](Pins& pins) { pins.done_last = true; });
  CHECK_THROWS_WITH(bench.run(1), Catch::Contains("reports the end of its stream before"));
}

TEST_CASE("a design is not clocked any more when its stream is finished") {
  int cycles = 0;
  Bench bench([&](Pins& pins) {
    ++cycles;
    pins.consumed = cycles == 1;
    pins.finished = pins.done_last = cycles == 2;
  });
  bench.run(9);
  CHECK(cycles == 2);
  CHECK(bench.finished_streams == 1);
}
