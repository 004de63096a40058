#include "check/check.h"

#include "check/rules.h"

namespace ernsim::check {

namespace {

/// Runs a rule; what it cannot begin for goes to the contracts it is about.
template <class Rule>
void attempt(Report& report, std::initializer_list<const char*> contracts, Rule rule) {
  try {
    rule();
  } catch (const Missing& missing) {
    for (const char* contract : contracts) report.lacks(contract, missing.what());
  }
}

/// That a word of each channel is what B and M make it.
void check_word_sizes(const Trace& trace) try {
  const std::int64_t block = trace.parameter("convolution.block_channels"),
                     lanes = trace.parameter("convolution.lanes");
  for (const char* codes : {"convolution.activations_in", "quantization.codes_out", "load_activations.writes"})
    trace.require_words(codes, block / 4);
  for (const char* signs : {"convolution.weights_in", "load_weights.writes"})
    trace.require_words(signs, lanes * block / 8);
  for (const char* sums :
       {"convolution.accumulators_in", "convolution.accumulators_out", "quantization.accumulators_in",
        "quantization.residuals_in", "quantization.sums_out", "load_residuals.writes"})
    trace.require_words(sums, 2 * block);
  for (const char* thresholds : {"quantization.thresholds_in", "load_thresholds.writes"})
    trace.require_words(thresholds, 8 * block);
} catch (const Missing&) {  // no rule looks into words without them
}

std::map<int, std::vector<BurstTime>> check_engines(const Subject& s) {
  std::map<int, std::vector<BurstTime>> bursts;
  for (const int unit : {load_activations, load_weights, load_thresholds, load_residuals, store})
    attempt(s.report,
            {"dma.cut", "dma.first", "dma.rate", "dma.outstanding", "dma.issue", "dma.next", "dma.end", "dma.writes",
             "dma.write_time", "ports.beats", "ports.latency", "pixel_embedding.buffer"},
            [&] { bursts[unit] = check_transfers(s, unit); });
  attempt(s.report, {"ports.one_beat"}, [&] { check_ports(s, bursts); });
  for (const int unit : {load_activations, load_residuals})
    attempt(s.report, {"memory.external"}, [&] { check_external_memory(s, unit, bursts[store], bursts[unit]); });
  for (const auto& [unit, times] : bursts)
    attempt(s.report, {"stalls.apart"}, [&s, unit = unit, &times = times] {
      std::vector<Span> work;
      for (const BurstTime& time : times)
        if (time.done != unknown) work.push_back({unit == store ? time.done - 1 : time.data, time.done});
      check_stalls(s, unit, std::move(work), false);
    });
  return bursts;
}

void check_arrays(const Subject& s) {
  std::vector<Span> work;
  attempt(s.report,
          {"convolution.first_step", "convolution.sweep", "convolution.next", "convolution.end", "convolution.pane",
           "convolution.weights_in", "convolution.activations_in", "convolution.accumulators_in",
           "convolution.accumulators_out", "convolution.values"},
          [&] { work = check_convolution(s); });
  attempt(s.report, {"stalls.apart", "stalls.whole"}, [&] { check_stalls(s, convolution, std::move(work), true); });
}

void check_quantizer(const Subject& s) {
  std::vector<Span> work;
  attempt(s.report,
          {"quantization.next", "quantization.end", "quantization.accumulators_in", "quantization.residuals_in",
           "quantization.thresholds_in", "quantization.codes_out", "quantization.sums_out", "quantization.values"},
          [&] { work = check_quantization(s); });
  attempt(s.report, {"stalls.apart", "stalls.whole"}, [&] { check_stalls(s, quantization, std::move(work), true); });
}

}  // namespace

Report check(const traces::Reader& reader, const Schedule* schedule, const traces::Header* like) {
  Report report;
  const Trace trace(reader, like);
  check_word_sizes(trace);
  Executions executions(trace, schedule, report);
  const Subject subject{trace, executions, report};
  attempt(report, {"semaphores.take", "semaphores.credit", "semaphores.post", "semaphores.bound"},
          [&] { check_semaphores(subject); });
  attempt(report, {"control.fetch_cut", "control.fetch_room", "control.fetch_turn"}, [&] { check_fetch(subject); });
  attempt(report, {"control.interrupt"}, [&] { check_interrupt(subject); });
  check_engines(subject);
  check_arrays(subject);
  check_quantizer(subject);
  check_memories(subject);
  attempt(report, {"memory.activations", "memory.results"}, [&] { check_store_data(subject); });
  attempt(report, {"memory.words"}, [&] { check_words_per_cycle(subject); });
  return report;
}

}  // namespace ernsim::check
