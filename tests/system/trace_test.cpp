#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/support/simulation.h"
#include "tests/unit/traces/sample_trace.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"

// What a traced frame's beats say about each other. Each test elaborates one model.

using namespace ernsim;

namespace {

/// Runs a frame and writes its trace; returns its cycles.
Cycle traced(std::ostream& out, const PlatformConfig& config, EngineKind engine = EngineKind::leap) {
  const auto graph = workloads::build_network("ERNs18x075", {"released", 64, 64, 10});
  const auto network = workloads::fold(graph, workloads::seeded_parameters(graph, 5));
  auto header = test::sample_header();
  header.channels = traces::channels_of(config.accelerator);
  traces::Writer writer(out, header);
  RunOptions options;
  options.engine = engine;
  options.ports = &writer;
  const auto simulated = test::simulate(network, workloads::generated_image(64, 64, 3), config, options);
  writer.finish();
  return simulated.result.cycles;
}

struct Traced {
  explicit Traced(const PlatformConfig& config = {}) {
    std::ostringstream out;
    cycles = traced(out, config);
    file.emplace(out.str());
    trace.emplace(file->path());
  }
  Cycle cycles = 0;
  std::optional<test::TraceFile> file;
  std::optional<traces::Reader> trace;
};

using Word = std::vector<std::uint8_t>;

Word word_of(const traces::Run& run, std::size_t i) {
  const auto size = static_cast<std::ptrdiff_t>(run.data.size() / run.count);
  const auto begin = run.data.begin() + static_cast<std::ptrdiff_t>(i) * size;
  return {begin, begin + size};
}

/// Every word read holds what the last write before that cycle put there; returns how many reads had one.
std::size_t check_reads(const traces::Reader& trace, const std::vector<std::string>& writers, const std::string& read) {
  struct Write {
    Cycle cycle;
    Word word;
  };
  std::map<std::uint32_t, std::vector<Write>> writes;
  for (const auto& writer : writers)
    for (const auto& run : test::runs_of(trace, writer))
      for (std::size_t i = 0; i < run.count; ++i) writes[run.addresses[i]].push_back({run.cycles[i], word_of(run, i)});
  for (auto& [address, of_word] : writes)
    std::sort(of_word.begin(), of_word.end(), [](const Write& a, const Write& b) { return a.cycle < b.cycle; });
  std::size_t checked = 0, wrong = 0;
  for (const auto& run : test::runs_of(trace, read)) {
    for (std::size_t i = 0; i < run.count; ++i) {
      const auto& of_word = writes[run.addresses[i]];
      const auto after = std::lower_bound(of_word.begin(), of_word.end(), run.cycles[i],
                                          [](const Write& write, Cycle cycle) { return write.cycle < cycle; });
      if (after == of_word.begin()) continue;
      ++checked;
      wrong += std::prev(after)->word == word_of(run, i) ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
  return checked;
}

std::size_t most_beats_a_cycle(const traces::Reader& trace, const std::string& channel) {
  std::map<Cycle, std::size_t> beats;
  for (const auto& run : test::runs_of(trace, channel))
    for (const Cycle cycle : run.cycles) ++beats[cycle];
  std::size_t most = 0;
  for (const auto& [cycle, count] : beats) most = std::max(most, count);
  return most;
}

}  // namespace

TEST_CASE("the quantization unit reads from F what the convolution unit last wrote before that cycle") {
  const Traced run;
  CHECK(check_reads(*run.trace, {"convolution.accumulators_out"}, "quantization.accumulators_in") > 1000);
}

TEST_CASE("with lanes on pixels and two cores F is read as it was last written") {
  PlatformConfig config;
  config.accelerator.convolution.lane_mapping = LaneMapping::pixels;
  config.accelerator.convolution.cores = 2;
  const Traced run(config);
  CHECK(check_reads(*run.trace, {"convolution.accumulators_out"}, "quantization.accumulators_in") > 1000);
}

namespace {

/// Every read of a memory that loads write finds what was last written there, by whom ever.
void check_loaded(const PlatformConfig& config) {
  const Traced run(config);
  CHECK(check_reads(*run.trace, {"load_activations.writes", "quantization.codes_out"}, "convolution.activations_in") >
        10000);
  CHECK(check_reads(*run.trace, {"load_weights.writes"}, "convolution.weights_in") > 10000);
  CHECK(check_reads(*run.trace, {"load_thresholds.writes"}, "quantization.thresholds_in") > 10);
  CHECK(check_reads(*run.trace, {"load_residuals.writes"}, "quantization.residuals_in") > 100);
}

}  // namespace

TEST_CASE("what units read from A, W, Q and R is what was last written there") { check_loaded({}); }

TEST_CASE("what units read is what was last written, with a slow embedding, one write port of A and packed words") {
  PlatformConfig config;
  config.accelerator.pixel_embedding.pixels_per_cycle = 1;
  config.accelerator.memory.activations_write_ports = 1;
  config.accelerator.convolution.block_channels = 16;
  config.accelerator.convolution.lanes = 2;
  config.accelerator.interconnect.port_width_bytes = 8;
  check_loaded(config);
}

TEST_CASE("no port of one word has two beats in a cycle, and A is read by M arrays at most") {
  const Traced run;
  for (const char* channel : {"convolution.weights_in", "convolution.accumulators_out", "quantization.accumulators_in",
                              "quantization.residuals_in", "quantization.codes_out", "quantization.sums_out",
                              "load_residuals.writes", "store.burst"}) {
    INFO(channel);
    CHECK(most_beats_a_cycle(*run.trace, channel) == 1);
  }
  CHECK(most_beats_a_cycle(*run.trace, "convolution.activations_in") == 3);
}

namespace {

void check_beats_a_cycle(double port_clock_mhz, std::size_t beats) {
  PlatformConfig config;
  config.accelerator.clock_mhz = 125;
  config.accelerator.interconnect.clock_mhz = port_clock_mhz;
  config.accelerator.interconnect.gang_of_load_residuals = 1;
  const Traced run(config);
  for (const char* channel : {"load_weights.data", "load_activations.data", "load_residuals.data"}) {
    INFO(channel);
    CHECK(most_beats_a_cycle(*run.trace, channel) == beats);
  }
}

}  // namespace

TEST_CASE("ports at twice the clock bring two beats in a cycle") { check_beats_a_cycle(250, 2); }

TEST_CASE("ports at the accelerator's clock bring a beat in a cycle") { check_beats_a_cycle(125, 1); }

TEST_CASE("with two cores F is written, and A and S, two words a cycle") {
  PlatformConfig config;
  config.accelerator.convolution.cores = 2;
  const Traced run(config);
  for (const char* channel : {"convolution.accumulators_out", "quantization.accumulators_in",
                              "quantization.residuals_in", "quantization.codes_out", "quantization.sums_out"}) {
    INFO(channel);
    CHECK(most_beats_a_cycle(*run.trace, channel) == 2);
  }
  CHECK(most_beats_a_cycle(*run.trace, "convolution.activations_in") == 6);
}

TEST_CASE("a load writes all words of A that a beat completes in its cycle, and W less than a word a beat") {
  PlatformConfig config;
  config.accelerator.convolution.block_channels = 32;  // words of 8 bytes, beats of 16
  const Traced run(config);
  CHECK(most_beats_a_cycle(*run.trace, "load_activations.writes") == 5);  // five pixels of a beat, one word each
  CHECK(most_beats_a_cycle(*run.trace, "load_weights.writes") == 2);
}

TEST_CASE("the words of a pane in W are its matrices' bytes, one after the other") {
  const Traced run;
  std::vector<std::uint8_t> came, written;
  for (const auto& each : test::runs_of(*run.trace, "load_weights.data"))
    came.insert(came.end(), each.data.begin(), each.data.end());
  for (const auto& each : test::runs_of(*run.trace, "load_weights.writes"))
    written.insert(written.end(), each.data.begin(), each.data.end());
  const std::ptrdiff_t pane = 3 * 64 * 8;  // the first layer is a 3x3 convolution
  CHECK(std::equal(came.begin(), came.begin() + pane, written.begin()));
}

TEST_CASE("every channel's beats are in ascending order of cycles") {
  const Traced run;
  for (const auto& channel : run.trace->header().channels) {
    INFO(channel.name);
    Cycle last = 0;
    bool ascending = true;
    for (const auto& each : test::runs_of(*run.trace, channel.name))
      for (const Cycle cycle : each.cycles) {
        ascending = ascending && cycle >= last;
        last = cycle;
      }
    CHECK(ascending);
  }
}

namespace {

/// What an instruction's beats on `channel` and its end on `ends` have in common.
using Place = std::vector<std::uint8_t>;

Place place_of(const traces::RunContext& at) {
  Place place;
  for (const std::uint16_t value : {at.layer, at.block, at.row, at.column})
    for (const int shift : {0, 8}) place.push_back(static_cast<std::uint8_t>(value >> shift));
  return place;
}

/// Cycles from the last word that an instruction writes on one of `channels` to its end; places that are there once.
std::set<Cycle> from_last_word_to_end(const traces::Reader& trace, const std::vector<std::string>& channels,
                                      const std::string& ends) {
  std::map<Place, Cycle> last, end;
  std::set<Place> twice;
  for (const auto& channel : channels)
    for (const auto& run : test::runs_of(trace, channel))
      last[place_of(run.context)] = std::max(last[place_of(run.context)], run.last_cycle());
  for (const auto& run : test::runs_of(trace, ends))
    for (std::size_t i = 0; i < run.count; ++i)
      if (!end.emplace(word_of(run, i), run.cycles[i]).second) twice.insert(word_of(run, i));
  std::set<Cycle> found;
  for (const auto& [place, cycle] : last)
    if (twice.count(place) == 0) found.insert(end.at(place) - cycle);
  return found;
}

}  // namespace

TEST_CASE("a tile's quantization is finished in the cycle after its last word is written") {
  const Traced run;
  CHECK(from_last_word_to_end(*run.trace, {"quantization.codes_out", "quantization.sums_out"}, "quantization.end") ==
        std::set<Cycle>{1});
}

TEST_CASE("loads are finished in the cycle after their last word is written, or the beat that ends after it") {
  const Traced run;
  CHECK(from_last_word_to_end(*run.trace, {"load_residuals.writes"}, "load_residuals.end") == std::set<Cycle>{1});
  CHECK(from_last_word_to_end(*run.trace, {"load_thresholds.writes"}, "load_thresholds.end") == std::set<Cycle>{1});
  CHECK(from_last_word_to_end(*run.trace, {"load_activations.writes"}, "load_activations.end") == std::set<Cycle>{1});
}

TEST_CASE("the interrupt comes as many cycles after the start command as the run reports") {
  const Traced run;
  const auto interrupt = test::runs_of(*run.trace, "control.interrupt");
  const auto registers = test::runs_of(*run.trace, "control.registers");
  REQUIRE(interrupt.size() == 1);
  const auto handled = std::find_if(registers.begin(), registers.end(), [&](const auto& write) {
    return write.first_cycle() > interrupt[0].first_cycle();
  });
  REQUIRE(handled != registers.begin());
  CHECK(interrupt[0].first_cycle() - std::prev(handled)->first_cycle() == run.cycles);
}
