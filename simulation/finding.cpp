#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "simulation/run_words.h"

namespace ernsim {

namespace {

std::int64_t total(const ArraySlots& slots) { return std::accumulate(slots.begin(), slots.end(), std::int64_t{0}); }

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

/// Of what the array does not compute in, the largest part.
SlotUse largest_loss(const ArraySlots& slots) {
  return static_cast<SlotUse>(std::max_element(slots.begin() + 1, slots.end()) - slots.begin());
}

/// The stage with most of it: ", all of it in layer4".
std::string place(const RunReport& report, SlotUse use) {
  if (report.stages.size() < 2) return "";
  const auto most = std::max_element(report.stages.begin(), report.stages.end(),
                                     [use](const auto& a, const auto& b) { return a.slots[use] < b.slots[use]; });
  const double of_it = share(most->slots[use], report.slots[use]);
  const std::string part = of_it == 1 ? "all" : of_it >= 0.995 ? "nearly all" : fmt::format("{:.0f}%", 100 * of_it);
  return fmt::format(", {} of it in {}", part, most->name);
}

std::string array_limit(const RunReport& report) {
  const std::int64_t all = total(report.slots);
  const double computing = share(report.slots[SlotUse::compute], all);
  if (bound_by(report.slots) == "compute")
    return fmt::format("limited by the array, which computes in {:.1f}% of its multiplier-cycles", 100 * computing);
  const SlotUse use = largest_loss(report.slots);
  return fmt::format("limited by {} ({:.1f}% of the array's multiplier-cycles{})", bound_by(report.slots),
                     100 * share(report.slots[use], all), place(report, use));
}

std::string limit(const RunReport& report) {
  if (report.host_ms > report.accelerator_ms)
    return fmt::format("limited by the host ({:.3f} of {:.3f} ms)", report.host_ms, report.latency_ms);
  return array_limit(report);
}

}  // namespace

std::string finding_text(const RunReport& report) {
  const bool room = fits(report.resources, report.device);
  return fmt::format("{:.1f} FPS; {}; {}{}.", report.fps, limit(report), room ? "what is counted " : "",
                     device_text(report.resources, report.device));
}

}  // namespace ernsim
