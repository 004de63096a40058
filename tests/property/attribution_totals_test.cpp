#include <map>

#include "models/dram/dram_timing.h"
#include "tests/property/attribution.h"

// What units, layers and the memory are said to have taken, against what was seen of it as it passed.

using namespace ernsim;
using test::Evidence;
using test::PortBeat;
using test::RandomCase;
using test::Span;
using test::Spans;

namespace {

/// When a unit has nothing to do any more: the array and the quantizer with the last word that goes into their
/// pipeline, the others with the end of their last instruction, one without a stream when the frame starts.
Cycle last_work(const RandomCase& chosen, const Evidence& evidence, UnitId unit) {
  const auto& ends = evidence.of(Port::instruction_end, unit);
  if (ends.empty()) return evidence.frame_start;
  if (unit == UnitId::convolution) return ends.back().cycle - chosen.config.accelerator.convolution.pipeline_cycles;
  if (unit == UnitId::quantization) return evidence.of(Port::quantization_accumulators_in).back().cycle + 1;
  return ends.back().cycle;
}

/// What units and layers are said to have taken is what is named, cycle by cycle; a unit is idle from its last work on.
std::string total_faults(const RandomCase& chosen, const Evidence& evidence) {
  std::string faults;
  std::vector<EnumArray<StallCause, Cycle>> by_layer(evidence.result.layers.size());
  for (const UnitId unit : each<UnitId>()) {
    Spans stalled;
    for (const StallCause cause : each<StallCause>()) {
      Cycle cycles = 0;
      for (const Span& wait : evidence.waits(unit, cause)) {
        cycles += wait.end - wait.begin;
        stalled.push_back(wait);
      }
      if (cycles != evidence.result.units[unit].stalled_cycles[cause])
        faults += fmt::format("{}: {} cycles of {} are reported, {} are booked\n", name_of(unit), cycles,
                              name_of(cause), evidence.result.units[unit].stalled_cycles[cause]);
    }
    faults += test::difference(name_of(unit), evidence.spent(unit, Activity::stalled), test::merged(stalled));
    faults += test::difference("idle", evidence.spent(unit, Activity::idle),
                               test::merged({{last_work(chosen, evidence, unit), evidence.frame_end()}}));
  }
  for (std::size_t i = 0; i < by_layer.size(); ++i) {
    Cycle cycles = 0;
    for (const auto& each : evidence.named[UnitId::convolution])
      if (each.layer == i) cycles += each.span.end - each.span.begin;
    if (cycles != evidence.result.layers[i].cycles)
      faults += fmt::format("layer {}: {} cycles are named, {} booked\n", i, cycles, evidence.result.layers[i].cycles);
  }
  return faults;
}

/// A layer's bytes are those of its bursts, in whole accesses; the frame's those, the fetches and what the DRAM was
/// told.
std::string byte_faults(const RandomCase& chosen, const Evidence& evidence) {
  const std::int64_t access = dram_access_bytes(chosen.config.dram);
  const auto bytes = [access](const PortBeat& burst) {
    const std::int64_t begin = burst.address / access, size = burst.value & 0x7FFFFFFF;
    return ((burst.address + size + access - 1) / access - begin) * access;
  };
  std::vector<std::int64_t> read(evidence.result.layers.size()), written(read.size());
  for (const UnitId unit : test::movers) {
    const std::size_t engine = test::engine_of(unit);
    for (const PortBeat& burst : evidence.beats[static_cast<std::size_t>(Port::load_activations_burst) + engine])
      ((burst.value >> 31) != 0 ? written : read)[burst.layer] += bytes(burst);
  }
  std::string faults;
  for (std::size_t i = 0; i < read.size(); ++i)
    if (read[i] != evidence.report.layers[i].dram_read_bytes ||
        written[i] != evidence.report.layers[i].dram_write_bytes)
      faults +=
          fmt::format("layer {}: bursts read {} and write {} bytes, {} and {} are booked\n", i, read[i], written[i],
                      evidence.report.layers[i].dram_read_bytes, evidence.report.layers[i].dram_write_bytes);
  std::int64_t fetched = 0;
  for (const PortBeat& burst : evidence.of(Port::fetch_burst)) fetched += bytes(burst);
  if (fetched != evidence.result.instruction_bytes) faults += "fetched bytes\n";
  return faults;
}

/// The memory's counters are what it was told, up to the end of the frame.
std::string counter_faults(const RandomCase& chosen, const Evidence& evidence) {
  const Picoseconds end = chosen.config.accelerator.clock().time_ps(evidence.frame_end());
  const std::int64_t access = dram_access_bytes(chosen.config.dram);
  DramStatistics told;
  std::map<std::uint32_t, bool> wrote;  // [channel]
  for (const DramCommand& each : evidence.commands) {
    if (dram_clock(chosen.config.dram).time_ps(each.at) > end) continue;
    told.refreshes += each.kind == DramCommandKind::refresh || each.kind == DramCommandKind::refresh_bank ? 1 : 0;
    told.activates += each.kind == DramCommandKind::activate ? 1 : 0;
    if (!test::reads(each) && !test::writes(each)) continue;
    (test::writes(each) ? told.write_bytes : told.read_bytes) += access;
    const auto before = wrote.insert({each.channel, test::writes(each)}).first;
    told.turnarounds += before->second != test::writes(each) ? 1 : 0;
    before->second = test::writes(each);
  }
  const DramStatistics& found = evidence.result.dram;
  const auto text = [](const DramStatistics& each) {
    return fmt::format("{} bytes read, {} written, {} activates, {} refreshes, {} turnarounds\n", each.read_bytes,
                       each.write_bytes, each.activates, each.refreshes, each.turnarounds);
  };
  return text(found) == text(told) ? "" : text(told) + "counted: " + text(found);
}

/// A layer's operations are what its tiles take, by the words that pass: a word of F or R is B additions, one of A
/// written is 3 B comparisons, and a pixel's products are those of its kernel and its input blocks.
std::string work_faults(const RandomCase& chosen, const Evidence& evidence) {
  const std::int64_t block = chosen.config.accelerator.convolution.block_channels;
  std::vector<Work> expected(evidence.result.layers.size());
  for (const Instruction& each : chosen.schedule.streams[UnitId::convolution]) {
    const ConvolutionOperands& o = each.convolution;
    expected[each.at.layer].macs +=
        std::int64_t{o.out_rows} * o.out_columns * o.kernel * o.kernel * o.in_blocks * block * block;
  }
  for (const Instruction& each : chosen.schedule.streams[UnitId::load_activations])
    if (const TransferOperands& o = each.transfer; o.image)  // three thresholds for each code of each colour
      expected[each.at.layer].comparisons +=
          std::int64_t{o.run_bytes} * o.inner_count * o.outer_count * chosen.graph.thermometer * 3;
  for (const Port port : {Port::convolution_accumulators_in, Port::quantization_residuals_in})
    for (const PortBeat& beat : evidence.of(port)) expected[beat.layer].additions += block;
  for (const PortBeat& beat : evidence.of(Port::quantization_codes_out)) expected[beat.layer].comparisons += 3 * block;
  std::string faults;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Work& found = evidence.result.layers[i].work;
    if (found.macs != expected[i].macs || found.additions != expected[i].additions ||
        found.comparisons != expected[i].comparisons)
      faults += fmt::format("layer {}: {} products, {} additions, {} comparisons; {}, {} and {} booked\n", i,
                            expected[i].macs, expected[i].additions, expected[i].comparisons, found.macs,
                            found.additions, found.comparisons);
  }
  return faults;
}

/// A layer's time begins with the array's last step for the layer before and ends with its last convolution.
std::string time_faults(const RandomCase& chosen, const Evidence& evidence) {
  const Cycle pipeline = chosen.config.accelerator.convolution.pipeline_cycles;
  std::map<std::size_t, Span> times;
  Cycle before = 0;
  for (const PortBeat& end : evidence.of(Port::instruction_end, UnitId::convolution)) {
    times.insert({end.layer, {std::max<Cycle>(0, before - pipeline - evidence.frame_start), 0}});
    times[end.layer].end = end.cycle - evidence.frame_start;
    before = end.cycle;
  }
  times[evidence.result.layers.size() - 1].end = evidence.result.cycles;
  std::string faults;
  for (const auto& [layer, time] : times) {
    const LayerReport& report = evidence.report.layers[layer];
    if (report.start_cycle != time.begin || report.end_cycle != time.end)
      faults += fmt::format("layer {}: cycles {} to {}, reported {} to {}\n", layer, time.begin, time.end,
                            report.start_cycle, report.end_cycle);
  }
  const auto& interrupts = evidence.of(Port::interrupt);
  if (interrupts.size() != 1 || interrupts[0].cycle != evidence.frame_end()) faults += "the frame ends elsewhere\n";
  return faults;
}

}  // namespace

TEST_CASE("what a unit and a layer are said to have waited is what was reported as it passed", "[attribution]") {
  test::check_cases(6, total_faults);
}

TEST_CASE("a layer's bytes are those of its own bursts, reads and writes apart", "[attribution]") {
  test::check_cases(6, byte_faults);
}

TEST_CASE("the memory's counters are the commands it was given", "[attribution]") {
  test::check_cases(6, counter_faults);
}

TEST_CASE("a layer's operations are those of the words that passed for it", "[attribution]") {
  test::check_cases(4, work_faults);
}

TEST_CASE("a layer's time runs from the array's turn to it to its last convolution", "[attribution]") {
  test::check_cases(4, time_faults);
}
