#include "sweep/point_job.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/estimates/fpga/devices.h"
#include "models/estimates/fpga/resources.h"
#include "platforms/setting.h"
#include "simulation/figures.h"
#include "sweep/accuracy.h"
#include "sweep/figures.h"
#include "sweep/screening.h"
#include "workloads/network_plan.h"

namespace ernsim {

namespace {

/// Throws if the device has not what the accelerator takes.
void require_fit(const PlatformConfig& platform) {
  const FpgaDevice& device = device_of(platform.fpga.device);
  std::vector<std::string> lacking;
  visit_resources(lacking_of(resources_of(platform.accelerator, platform.fpga), device),
                  [&lacking](const char* name, std::int64_t amount) {
                    if (amount > 0) lacking.push_back(fmt::format("{} {}", amount, name));
                  });
  if (!lacking.empty())
    throw ConfigError(fmt::format("does not fit {}: lacks {}", device.name, fmt::join(lacking, ", ")));
}

/// Throws ConfigError if a constraint on what is known is broken: no simulation would mend that.
void require_known(const std::vector<SweepConstraint>& constraints, const RunReport& known) {
  for (const SweepConstraint& each : constraints) {
    const Figure& spoken_of = figure(each.figure);
    if (!spoken_of.known_before) continue;
    if (const double value = spoken_of.of(known); !keeps(each, value)) throw ConfigError(broken_text(each, value));
  }
}

}  // namespace

PlatformConfig platform_of(const SweepDefinition& definition, const SweepPoint& point) {
  PlatformConfig platform = definition.base;
  for (const std::string& setting : point.settings)
    if (!workloads::is_network_setting(setting)) apply(parse_set_option(setting), platform);
  validate(platform);
  return platform;
}

Job job_of(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform) {
  Job job{definition.looked_at.at(selection_text(point)).network};
  job.platform = platform;
  job.settings = definition.settings;
  job.settings.insert(job.settings.end(), point.settings.begin(), point.settings.end());
  job.run.data = false;
  return job;
}

int accumulator_bits_needed(const SweepDefinition& definition, const SweepPoint& point) {
  return definition.looked_at.at(selection_text(point)).accumulator_bits_needed;
}

RunReport known_before(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform) {
  RunReport known = report_before(platform, accumulator_bits_needed(definition, point));
  known.accuracy = accuracy_of(definition, point).share;
  return known;
}

std::vector<double> figures_before(const SweepDefinition& definition, const SweepPoint& point) try {
  return figures_of(known_before(definition, point, platform_of(definition, point)), false);
} catch (const ConfigError&) {
  return {};
}

std::string reason_to_skip(const SweepDefinition& definition, const SweepPoint& point) try {
  const PlatformConfig platform = platform_of(definition, point);
  require_known(definition.constraints, known_before(definition, point, platform));
  if (definition.must_fit) require_fit(platform);
  if (definition.screen) require_hopeful(definition, point, platform);
  return "";
} catch (const ConfigError& error) {
  return error.what();
}

}  // namespace ernsim
