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
  Spans steps;  ///< cycles in which a step was made
};

/// Cycles of beats at a port, each `earlier`.
Spans cycles_of(const Evidence& evidence, Port port, Cycle earlier) {
  Spans cycles;
  for (const PortBeat& beat : evidence.of(port)) cycles.push_back({beat.cycle - earlier, beat.cycle - earlier + 1});
  return test::merged(cycles);
}

/// Where words of A are read and no step is made: for the words of a bank that are still to come.
Spans bank_waits(const RandomCase& chosen, const Evidence& evidence) {
  const Cycle pipeline = chosen.config.accelerator.convolution.pipeline_cycles;
  return test::without(cycles_of(evidence, Port::convolution_activations_in, 0),
                       cycles_of(evidence, Port::convolution_accumulators_out, pipeline));
}

std::vector<Sweep> sweeps_of(const RandomCase& chosen, const Evidence& evidence) {
  const Cycle pipeline = chosen.config.accelerator.convolution.pipeline_cycles;
  std::vector<Sweep> sweeps;
  std::size_t group = ~std::size_t{0};
  for (const PortBeat& beat : evidence.of(Port::convolution_accumulators_out)) {
    if (beat.group != group) sweeps.push_back({beat.layer, {}});
    group = beat.group;
    sweeps.back().steps.push_back({beat.cycle - pipeline, beat.cycle - pipeline + 1});
  }
  return sweeps;
}

/// Cycles that a sweep of fewer cycles than the pipeline has stages lasts beyond its steps. It begins with what its
/// first step waits for.
Spans rests_of_short_sweeps(const RandomCase& chosen, const std::vector<Sweep>& sweeps, const Spans& banks) {
  Spans rests;
  for (const Sweep& each : sweeps) {
    Cycle begin = each.steps.front().begin;
    for (const Span& wait : banks)
      if (wait.end == begin) begin = wait.begin;
    rests.push_back({each.steps.back().end, begin + chosen.config.accelerator.convolution.pipeline_cycles});
  }
  return test::merged(rests);
}

std::string array_faults(const RandomCase& chosen, const Evidence& evidence) {
  const auto sweeps = sweeps_of(chosen, evidence);
  std::vector<Spans> work(chosen.schedule.layers.size());
  Spans all, instructions;
  for (const Sweep& each : sweeps)
    work[each.layer].insert(work[each.layer].end(), each.steps.begin(), each.steps.end());
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
  const Spans banks = bank_waits(chosen, evidence), rests = rests_of_short_sweeps(chosen, sweeps, banks);
  faults += test::difference("array, bank", evidence.waits(UnitId::convolution, StallCause::bank), banks);
  faults +=
      test::difference("array, accumulators", evidence.waits(UnitId::convolution, StallCause::accumulators), rests);
  faults += test::difference("array, weights", evidence.waits(UnitId::convolution, StallCause::weights),
                             test::without(test::without(test::without(instructions, all), banks), rests));
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

TEST_CASE(
    "the array is busy when it issues or steps, waits for banks between, for accumulators behind a short sweep, else "
    "for weights",
    "[attribution]") {
  test::check_cases(8, array_faults);
}

TEST_CASE("the quantizer is busy from the cycle it takes an instruction in to the tile's last word of F",
          "[attribution]") {
  test::check_cases(6, quantization_faults);
}
