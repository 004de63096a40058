#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "check/contracts.h"
#include "check/instruction.h"
#include "simulation/forked.h"
#include "tests/property/trace_change.h"
#include "tests/property/traced_case.h"
#include "tests/unit/traces/sample_trace.h"

// What the checker of contracts notices: one trace in which every contract is kept, and changes of it that each break
// one.

using namespace ernsim;
using namespace ernsim::test;

namespace {

struct Mutant {
  const char* what;
  const char* contract;
  Change change;
};

const std::vector<Mutant>& mutants() {
  static const std::vector<Mutant> all{
      {"a bit of an instruction is wrong", "control.instruction", flipped("control.instructions")},
      {"another instruction than the schedule's", "control.schedule", change_instruction},
      {"a start has the next one's number", "control.order", elsewhere("quantization.start")},
      {"an end has others' coordinates", "control.order", flipped("convolution.end")},
      {"an end is missing", "control.order", left_out("load_weights.end")},
      {"an instruction starts in the cycle its fetch is done", "control.arrival",
       [](TraceImage& t) {
         move_first_fetched(t, 0, [&t](Cycle) { return t.of("load_activations.start")[0].cycle; });
       }},
      {"a unit lets three cycles go by", "control.start",
       [](TraceImage& t) { move_first_fetched(t, 1, [](Cycle cycle) { return cycle - 3; }); }},
      {"a fetch burst is an instruction too short", "control.fetch_cut",
       number_set("control.fetch_burst", 128 + 64 + 1)},
      {"a fetch burst comes before there is room", "control.fetch_room",
       [](TraceImage& t) {
         --after(t, "control.fetch_burst", [](const auto& a, const auto& b) { return gap(a, b) > 3; }).cycle;
       }},
      {"a fetch burst comes a cycle late", "control.fetch_turn",
       [](TraceImage& t) {
         ++after(t, "control.fetch_burst", [](const auto& a, const auto& b) { return gap(a, b) > 3; }).cycle;
       }},
      {"two units' first fetches change places", "control.fetch_turn",
       [](TraceImage& t) {
         auto& beats = t.of("control.fetch_burst");
         std::swap(beats[1].address, beats[2].address);
         std::swap(beats[1].data, beats[2].data);
       }},
      {"the interrupt comes a cycle late", "control.interrupt", moved("control.interrupt", 1)},
      {"a credit too many is taken", "semaphores.take", number_set("semaphores.take", 9)},
      {"a take comes a cycle before its start", "semaphores.take",
       [](TraceImage& t) {
         --after(t, "semaphores.take", [](const auto&, const auto& b) { return b.address == 11; }).cycle;
       }},
      {"credits should be visible two cycles later", "semaphores.credit", parameter("control.semaphore_cycles", "3")},
      {"a post comes a cycle early", "semaphores.post", moved("semaphores.post", -1)},
      {"a post is missing", "semaphores.post", left_out("semaphores.post")},
      {"a semaphore gets 65,535 credits twice", "semaphores.bound",
       [](TraceImage& t) {
         for (int i = 0; i < 2; ++i) {
           auto& post = after(t, "semaphores.post",
                              [](const auto&, const auto& b) { return b.address == 11 && b.data[1] == 0; });
           post.data = {255, 255};
         }
       }},
      {"a burst reaches over 4 KiB", "dma.cut",
       [](TraceImage& t) {
         auto& burst = middle(t, "load_weights.burst");
         burst.data = {0, 16, 0, 0};
       }},
      {"a burst has 17 beats", "dma.cut", number_set("load_activations.burst", 17 * 8)},
      {"a load writes", "dma.cut", [](TraceImage& t) { middle(t, "load_weights.burst").data[3] ^= 128; }},
      {"a burst is missing", "dma.cut", left_out("load_weights.burst")},
      {"a first burst comes a cycle early", "dma.first",
       [](TraceImage& t) { --t.of("load_activations.burst").front().cycle; }},
      {"two bursts come in one cycle", "dma.rate",
       [](TraceImage& t) {
         --after(t, "load_weights.burst", [](const auto& a, const auto& b) { return gap(a, b) == 1; }).cycle;
       }},
      {"a burst is issued while two are under way", "dma.outstanding",
       [](TraceImage& t) {
         auto& starts = t.of("load_weights.start");
         --after(t, "load_weights.burst", [&](const auto& a, const auto& b) {
             return gap(a, b) > 3 && std::none_of(starts.begin(), starts.end(), [&](const auto& start) {
                      return start.cycle > a.cycle && start.cycle <= b.cycle;
                    });
           }).cycle;
       }},
      {"a burst is issued a cycle late", "dma.issue", last_moved("load_weights.burst", 1)},
      {"a load takes its semaphores before the last burst of the one before", "dma.next",
       [](TraceImage& t) {
         const Cycle start = t.of("load_weights.start")[1].cycle;
         Cycle last = 0;
         for (const auto& burst : t.of("load_weights.burst"))
           if (burst.cycle < start) last = burst.cycle;
         t.of("load_weights.start")[1].cycle = last;  // its burst is that of the next now
       }},
      {"a load ends a cycle late", "dma.end", moved("load_activations.end", 1)},
      {"a load ends a cycle early", "dma.end", moved("load_residuals.end", -1)},
      {"a store ends before its response", "dma.end", moved("store.end", -1)},
      {"a load writes another word", "dma.writes", flipped("load_weights.writes")},
      {"a load writes elsewhere", "dma.writes", elsewhere("load_thresholds.writes")},
      {"a pixel is embedded otherwise", "dma.writes",
       [](TraceImage& t) { t.of("load_activations.writes")[3].data[0] ^= 1; }},
      {"a packed sum is unpacked otherwise", "dma.writes", flipped("load_residuals.writes")},
      {"a word is written a cycle late", "dma.write_time", last_moved("load_weights.writes", 1)},
      {"the buffer holds a beat", "pixel_embedding.buffer", parameter("pixel_embedding.buffer_beats", "1")},
      {"a data beat comes after a gap", "ports.beats", last_moved("load_residuals.data", 1)},
      {"a data beat is for another address", "ports.beats", elsewhere("load_activations.data", 8)},
      {"a response is for another burst", "ports.beats", elsewhere("store.response", 64)},
      {"data comes before the port can have it", "ports.latency", parameter("interconnect.read_latency_ns", "100000")},
      {"a response comes in the cycle after its burst", "ports.latency",
       [](TraceImage& t) { t.of("store.response")[0].cycle = t.of("store.burst")[0].cycle + 1; }},
      {"all engines are on one port", "ports.one_beat", parameter("interconnect.ports", "1")},
      {"the first step comes too soon after the start", "convolution.first_step",
       parameter("convolution.issue_cycles", "500")},
      {"a sweep starts a cycle late", "convolution.sweep", delay_sweeps},
      {"an instruction is taken during the sweeps of the one before", "convolution.next", started_early("convolution")},
      {"a convolution ends a cycle late", "convolution.end", moved("convolution.end", 1)},
      {"a row of a pane is read a cycle late", "convolution.pane", moved("convolution.weights_in", 1)},
      {"an instruction's first pane could be loaded earlier", "convolution.pane",
       [](TraceImage& t) {
         auto& posts = t.of("semaphores.post");
         std::find_if(posts.begin(), posts.end(), [](const auto& post) { return post.address == 7; })->cycle -= 3;
       }},
      {"a row of another pane is read", "convolution.weights_in", elsewhere("convolution.weights_in")},
      {"another word of A is read", "convolution.activations_in", elsewhere("convolution.activations_in")},
      {"a word of A is read a cycle early", "convolution.activations_in", moved("convolution.activations_in", -1)},
      {"a word of A is not read", "convolution.activations_in", left_out("convolution.activations_in")},
      {"a word of F is not read", "convolution.accumulators_in", left_out("convolution.accumulators_in")},
      {"a word of F is read a cycle early", "convolution.accumulators_in", moved("convolution.accumulators_in", -1)},
      {"a word of F is written a cycle late", "convolution.accumulators_out",
       [](TraceImage& t) {
         ++after(t, "convolution.accumulators_out", [](const auto& a, const auto& b) {
             return b.address == a.address + 1 && gap(a, b) == 1;
           }).cycle;
       }},
      {"another word of F is written", "convolution.accumulators_out", elsewhere("convolution.accumulators_out")},
      {"a sum is one more", "convolution.values", flipped("convolution.accumulators_out")},
      {"a tile is quantized before the one before is read", "quantization.next", started_early("quantization")},
      {"a pixel of F is read a cycle late", "quantization.accumulators_in",
       last_moved("quantization.accumulators_in", 1)},
      {"a residual of another pixel is read", "quantization.residuals_in", elsewhere("quantization.residuals_in")},
      {"another entry of Q is read", "quantization.thresholds_in", elsewhere("quantization.thresholds_in")},
      {"the entry is read with the second pixel", "quantization.thresholds_in", moved("quantization.thresholds_in", 1)},
      {"a code is written a cycle late", "quantization.codes_out", last_moved("quantization.codes_out", 1)},
      {"a sum is written elsewhere", "quantization.sums_out", elsewhere("quantization.sums_out")},
      {"a quantization ends a cycle early", "quantization.end", moved("quantization.end", -1)},
      {"a code is another", "quantization.values", flipped("quantization.codes_out")},
      {"a residual sum is another", "quantization.values", flipped("quantization.sums_out")},
      {"a word of A is not what was written", "memory.activations", flipped("convolution.activations_in")},
      {"a stored code is not what was written", "memory.activations", all_flipped("store.data")},
      {"a word of W is not what was written", "memory.weights", flipped("convolution.weights_in")},
      {"an entry of Q is not what was written", "memory.thresholds", flipped("quantization.thresholds_in")},
      {"a word of F is not what was written", "memory.accumulators", flipped("quantization.accumulators_in")},
      {"a word of R is not what was written", "memory.residuals", flipped("quantization.residuals_in")},
      {"a stored sum is not what was written", "memory.results", all_flipped("store.data")},
      {"a byte from external memory is not what was stored", "memory.external", change_loaded},
      {"two pixels pass one core", "memory.words", twice("quantization.accumulators_in")},
      {"a stall lasts into the work after it", "stalls.apart",
       [](TraceImage& t) { ++t.of("quantization.stall").front().data[0]; }},
      {"a stall is not booked", "stalls.whole", left_out("convolution.stall")},
  };
  return all;
}

/// A small frame in which every channel has beats.
RandomCase case_with_everything(std::string& bytes) {
  for (std::uint64_t seed = 1; seed < 2000; ++seed) {
    RandomCase chosen(seed);
    if (!chosen.data || chosen.config.accelerator.convolution.block_channels != 16) continue;
    chosen.config = {};
    auto& platform = chosen.config;
    platform.accelerator.convolution.block_channels = 16;
    platform.accelerator.convolution.lanes = 2;
    platform.accelerator.memory.activations_words = 200;
    platform.accelerator.memory.weights_words = 200;
    platform.accelerator.memory.residuals_words = 64;
    platform.accelerator.memory.results_words = 64;
    platform.accelerator.dma.max_outstanding = 2;
    platform.accelerator.control.queue_depth = 4;
    platform.accelerator.interconnect.port_width_bytes = 8;
    platform.schedule.fuse_shortcuts = ShortcutFusion::off;
    try {
      chosen.make_schedule();
    } catch (const std::runtime_error&) {
      continue;
    }
    bytes = map_forked(1, 1, [&](std::size_t) { return traced_case(chosen); })[0];
    const TraceImage image(bytes);
    if (image.every_channel_has_beats()) return chosen;
  }
  throw std::logic_error("no such case");
}

check::Report checked(const std::string& bytes, const check::Schedule& schedule, std::string& text) {
  const TraceFile file(bytes);
  const traces::Reader trace(file.path());
  auto report = check::check(trace, &schedule);
  text = to_text(report, trace.header());
  return report;
}

/// A beat anywhere gets another cycle, address or data; an instruction keeps its parity.
void change_anything(TraceImage& trace, Draw& draw) {
  const auto& channels = trace.header().channels;
  auto& beats = trace.of(channels[draw.index(channels.size())].name);
  auto& beat = beats[draw.index(beats.size())];
  switch (draw.integer(0, 3)) {
    case 0:
      beat.cycle = draw.integer(0, 50000);
      break;
    case 1:
      beat.address = static_cast<std::uint32_t>(draw.integer(0, draw.chance(50) ? 100 : 0xFFFFFFFF));
      break;
    default:
      for (auto& byte : beat.data)
        if (draw.chance(20)) byte = static_cast<std::uint8_t>(draw.integer(0, 255));
  }
  if (beat.data.size() != check::instruction_bytes) return;
  beat.data[0] = 0xE5;
  beat.data[1] = static_cast<std::uint8_t>(beat.data[1] % 7);
  for (std::size_t b = 0; b < beat.data.size(); ++b)
    if (b != 3) beat.data[3] ^= beat.data[b];
}

}  // namespace

TEST_CASE("whatever is changed in a trace, the checker comes to an end") {
  std::string bytes, text;
  const auto chosen = case_with_everything(bytes);
  const auto schedule = schedule_of(chosen);
  const TraceImage good(bytes);
  Draw draw(1);
  for (int i = 0; i < 60; ++i) {
    TraceImage changed = good;
    for (int n = 0; n < 40; ++n) change_anything(changed, draw);
    CHECK(checked(changed.bytes(), schedule, text).violated());
  }
}

TEST_CASE("every contract can be broken, and each change of a trace is reported under the contract it breaks") {
  std::string bytes, text;
  const auto chosen = case_with_everything(bytes);
  const auto schedule = schedule_of(chosen);
  INFO("seed " << chosen.seed);
  const TraceImage good(bytes);
  const auto kept = checked(good.bytes(), schedule, text);
  INFO(text);
  REQUIRE_FALSE(kept.violated());
  for (const auto& [contract, tally] : kept.tallies()) {
    INFO(contract);
    CHECK(tally.checked > 0);
  }
  std::set<std::string> broken;
  for (const Mutant& mutant : mutants()) {
    TraceImage changed = good;
    mutant.change(changed);
    const auto report = checked(changed.bytes(), schedule, text);
    INFO(mutant.what << "\n" << text);
    CHECK(report.tallies().at(mutant.contract).violated > 0);
    broken.insert(mutant.contract);
  }
  for (const auto& contract : check::contracts()) {
    INFO(contract.name);
    CHECK(broken.count(contract.name) == 1);
  }
}

TEST_CASE("what a bench of one unit writes is checked with the schedule, without starts, ends and memories") {
  std::string bytes, text;
  const auto chosen = case_with_everything(bytes);
  const auto schedule = schedule_of(chosen);
  TraceImage good(bytes);
  good.keep({"convolution.accumulators_out", "convolution.accumulators_in", "convolution.activations_in",
             "convolution.weights_in"});
  const auto kept = checked(good.bytes(), schedule, text);
  INFO(text);
  CHECK_FALSE(kept.violated());
  for (const char* contract : {"convolution.sweep", "convolution.pane", "convolution.values",
                               "convolution.activations_in", "memory.accumulators"})
    CHECK(kept.tallies().at(contract).checked > 100);
  CHECK(kept.tallies().at("convolution.end").lacking == std::set<std::string>{"no beats of convolution.end"});
  const std::set<std::string> bench_mutants{"a sum is one more", "a row of a pane is read a cycle late",
                                            "a word of A is read a cycle early", "a word of F is not read"};
  for (const Mutant& mutant : mutants()) {
    if (bench_mutants.count(mutant.what) == 0) continue;
    TraceImage changed = good;
    mutant.change(changed);
    const auto report = checked(changed.bytes(), schedule, text);
    INFO(mutant.what << "\n" << text);
    CHECK(report.tallies().at(mutant.contract).violated > 0);
  }
}
