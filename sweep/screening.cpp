#include "sweep/screening.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <stdexcept>

#include "compiler/arrangement.h"

namespace ernsim {

namespace {

/// What tells this reason from others.
constexpr const char* by_estimate = "better than estimated";

}  // namespace

double estimated_cycles(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform) {
  try {
    return compiler::arrange(definition.looked_at.at(selection_text(point)).network.graph, platform).cycles;
  } catch (const std::runtime_error&) {  // it cannot be arranged
    return HUGE_VAL;
  }
}

double best_with(const std::string& figure, double cycles, const PlatformConfig& platform) {
  const double ms = cycles / (1e3 * platform.accelerator.clock_mhz);
  if (figure == "cycles") return cycles;
  if (figure == "latency_ms" || figure == "accelerator_ms") return ms;
  return figure == "fps" ? 1e3 / ms : std::nan("");
}

namespace {

/// Whether cycles decide a figure.
bool is_of_time(const std::string& figure) { return !std::isnan(best_with(figure, 1, PlatformConfig{})); }

}  // namespace

bool gains_by_few_cycles(const std::string& figure, bool larger) {
  return is_of_time(figure) && larger == (figure == "fps");
}

bool is_screened(const SweepConstraint& constraint) {
  return gains_by_few_cycles(constraint.figure, constraint.relation.front() == '>');
}

bool is_screened_out(const std::string& reason) { return reason.find(by_estimate) != std::string::npos; }

void require_hopeful(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform) {
  std::optional<double> cycles;
  for (const SweepConstraint& each : definition.constraints) {
    if (!is_screened(each)) continue;
    if (!cycles) cycles = estimated_cycles(definition, point, platform) * (1 - *definition.screen);
    if (!std::isfinite(*cycles)) return;  // the compiler says why it does not fit
    if (const double best = best_with(each.figure, *cycles, platform); !keeps(each, best))
      throw ConfigError(fmt::format("{} is {:.6g} at best, {:g} % {}, and must be {} {:.6g}", each.figure, best,
                                    100 * *definition.screen, by_estimate, each.relation, each.bound));
  }
}

}  // namespace ernsim
