#include <map>

#include "tests/property/attribution.h"

// What the array and the quantizer are said to do with a cycle, against the words they read and write.

using namespace ernsim;
using test::Evidence;
using test::PortBeat;
using test::RandomCase;
using test::Span;
using test::Spans;

namespace {

/// A sweep of the array, by the words of F that it wrote.
struct Sweep {
  std::size_t layer;
  Span steps;  ///< cycles in which a step was made
};

std::vector<Sweep> sweeps_of(const RandomCase& chosen, const Evidence& evidence) {
  const Cycle pipeline = chosen.config.accelerator.convolution.pipeline_cycles;
  std::vector<Sweep> sweeps;
  std::size_t group = ~std::size_t{0};
  for (const PortBeat& beat : evidence.of(Port::convolution_accumulators_out)) {
    if (beat.group != group) sweeps.push_back({beat.layer, {beat.cycle - pipeline, 0}});
    group = beat.group;
    sweeps.back().steps.end = beat.cycle - pipeline + 1;
  }
  return sweeps;
}

/// Cycles that a sweep of fewer steps than the pipeline has stages lasts beyond its steps.
Spans rests_of_short_sweeps(const RandomCase& chosen, const std::vector<Sweep>& sweeps) {
  Spans rests;
  for (const Sweep& each : sweeps)
    rests.push_back({each.steps.end, each.steps.begin + chosen.config.accelerator.convolution.pipeline_cycles});
  return test::merged(rests);
}

std::string array_faults(const RandomCase& chosen, const Evidence& evidence) {
  const auto sweeps = sweeps_of(chosen, evidence);
  std::vector<Spans> work(chosen.schedule.layers.size());
  Spans all, instructions;
  for (const Sweep& each : sweeps) work[each.layer].push_back(each.steps);
  const auto& starts = evidence.of(Port::instruction_start, UnitId::convolution);
  const auto& ends = evidence.of(Port::instruction_end, UnitId::convolution);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const Cycle issued = starts[i].cycle + chosen.config.accelerator.convolution.issue_cycles;
    work[starts[i].layer].push_back({starts[i].cycle, issued});
    instructions.push_back({starts[i].cycle, ends.at(i).cycle - chosen.config.accelerator.convolution.pipeline_cycles});
  }
  std::string faults;
  for (std::size_t layer = 0; layer < work.size(); ++layer) {
    faults += test::difference("busy array", evidence.spent(UnitId::convolution, Activity::busy, layer),
                               test::merged(work[layer]));
    all.insert(all.end(), work[layer].begin(), work[layer].end());
  }
  const Spans rests = rests_of_short_sweeps(chosen, sweeps);
  faults +=
      test::difference("array, accumulators", evidence.waits(UnitId::convolution, StallCause::accumulators), rests);
  faults += test::difference("array, weights", evidence.waits(UnitId::convolution, StallCause::weights),
                             test::without(test::without(instructions, all), rests));
  return faults;
}

std::string quantization_faults(const RandomCase&, const Evidence& evidence) {
  std::map<std::size_t, Spans> work;
  const auto& starts = evidence.of(Port::instruction_start, UnitId::quantization);
  std::vector<Span> reads;
  std::vector<std::size_t> groups;
  for (const PortBeat& beat : evidence.of(Port::quantization_accumulators_in)) {
    if (groups.empty() || groups.back() != beat.group) groups.push_back(beat.group), reads.push_back({beat.cycle, 0});
    reads.back().end = beat.cycle + 1;
  }
  if (reads.size() != starts.size()) return fmt::format("{} tiles of {} are read", reads.size(), starts.size());
  std::string faults;
  for (std::size_t i = 0; i < starts.size(); ++i) work[starts[i].layer].push_back({starts[i].cycle, reads[i].end});
  for (const auto& [layer, spans] : work)
    faults += test::difference("busy quantizer", evidence.spent(UnitId::quantization, Activity::busy, layer),
                               test::merged(spans));
  return faults;
}

}  // namespace

TEST_CASE("the array is busy when it issues or steps, waits for accumulators behind a short sweep, else for weights",
          "[attribution]") {
  test::check_cases(8, array_faults);
}

TEST_CASE("the quantizer is busy from the cycle it takes an instruction in to the tile's last word of F",
          "[attribution]") {
  test::check_cases(6, quantization_faults);
}
