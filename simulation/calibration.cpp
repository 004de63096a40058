#include "simulation/calibration.h"

#include <fmt/format.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "simulation/forked.h"
#include "simulation/schedule_choice.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

namespace ernsim {

namespace {

/// Times in ps as text, for the pipe.
std::string simulate(const TimingJob& timing) {
  const auto graph = workloads::build_network(timing.network, {timing.stem, timing.side, timing.side, 10});
  Job job{workloads::without_weights(graph)};
  job.platform = timing.platform;
  return told_of_fastest(job, [](const CompiledJob&, const Result& result) {
    return fmt::format("{} {}", result.run.accelerator_ps, result.run.host_ps);
  });
}

Timing parse(const std::string& text) {
  std::istringstream in(text);
  double accelerator_ps = 0, host_ps = 0;
  in >> accelerator_ps >> host_ps;
  return {accelerator_ps / 1e9, host_ps / 1e9};
}

double rounded(double value) { return std::round(value * 100) / 100; }

/// Simulated and published difference between the two fitted networks.
struct Difference {
  double simulated_ms = 0, published_ms = 0;
  Timing smaller;  ///< of the first of them
};

Difference difference(const PlatformConfig& platform, const std::string& stem) {
  std::vector<TimingJob> jobs;
  std::vector<double> published;
  for (const PublishedLatency& each : published_latencies) {
    if (!each.fitted) continue;
    jobs.push_back({platform, each.network, stem});
    published.push_back(each.ms);
  }
  const std::vector<Timing> timings = time_all(jobs);
  return {timings.back().ms() - timings.front().ms(), published.back() - published.front(), timings.front()};
}

double first_fitted_ms() {
  for (const PublishedLatency& each : published_latencies)
    if (each.fitted) return each.ms;
  return 0;
}

}  // namespace

std::vector<Timing> time_all(const std::vector<TimingJob>& jobs) {
  const auto texts = map_forked(jobs.size(), default_jobs(), [&jobs](std::size_t i) { return simulate(jobs[i]); });
  std::vector<Timing> timings;
  for (const std::string& text : texts) timings.push_back(parse(text));
  return timings;
}

PlatformConfig with(const PlatformConfig& platform, const Constants& constants) {
  PlatformConfig made = platform;
  made.accelerator.clock_mhz = constants.clock_mhz;
  made.host.pooling_ns_per_value = constants.pooling_ns_per_value;
  return made;
}

Constants fit(const PlatformConfig& platform, const std::string& stem) {
  constexpr double first_guess_mhz = 125;
  Constants constants{first_guess_mhz, 0};
  Difference found;
  constexpr int most_steps = 12;
  for (int step = 0;; ++step) {
    found = difference(with(platform, constants), stem);
    // External memory does not follow the clock, so the first guess by proportion is repeated until it stands still.
    const double next = rounded(constants.clock_mhz * found.simulated_ms / found.published_ms);
    if (next == constants.clock_mhz || step == most_steps) break;
    if (next < 50 || next > 500) throw std::runtime_error("no clock from 50 to 500 MHz fits the published latencies");
    constants.clock_mhz = next;
  }
  constexpr double probe_ns = 10;
  const double without_ms = found.smaller.host_ms;
  const double with_ms = difference(with(platform, {constants.clock_mhz, probe_ns}), stem).smaller.host_ms;
  const double missing_ms = first_fitted_ms() - found.smaller.ms();
  constants.pooling_ns_per_value = rounded(std::max(0.0, missing_ms / (with_ms - without_ms) * probe_ns));
  return constants;
}

std::array<Timing, published_latencies.size()> predict(const PlatformConfig& platform, const std::string& stem) {
  std::vector<TimingJob> jobs;
  for (const PublishedLatency& each : published_latencies) jobs.push_back({platform, each.network, stem});
  const std::vector<Timing> timings = time_all(jobs);
  std::array<Timing, published_latencies.size()> result;
  std::copy(timings.begin(), timings.end(), result.begin());
  return result;
}

std::array<double, published_latencies.size()> errors(const std::array<Timing, published_latencies.size()>& timings) {
  std::array<double, published_latencies.size()> found{};
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = timings[i].ms() / published_latencies[i].ms - 1;
  return found;
}

}  // namespace ernsim
