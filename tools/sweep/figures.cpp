#include "tools/sweep/figures.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "compiler/compile.h"
#include "compiler/program.h"
#include "models/fpga/devices.h"
#include "models/fpga/resources.h"
#include "models/platform/frame_energy.h"
#include "models/platform/run.h"
#include "tools/array_account.h"
#include "tools/config_file.h"
#include "tools/nearest.h"
#include "tools/rounded.h"
#include "tools/setting.h"
#include "workloads/counts.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"

namespace ernsim::tools {

namespace {

/// What a share is when the device has none of what is needed.
constexpr double none_there = 1e9;

/// The figures that are known without a simulation, by name.
std::map<std::string, double> resource_figures(const AcceleratorConfig& accelerator) {
  std::map<std::string, double> figures;
  const Resources used = resources_of(accelerator);
  visit_resources(used, [&](const char* name, std::int64_t amount) { figures[name] = static_cast<double>(amount); });
  visit_resources(shares_of(used, device_of(accelerator.fpga.device)), [&](const char* name, double share) {
    figures[name + std::string("_share")] = std::min(share, none_there);
  });
  return figures;
}

/// Throws if a constraint on resources is broken: no simulation would mend that.
void require_resources(const std::vector<SweepConstraint>& constraints, const std::map<std::string, double>& figures) {
  for (const SweepConstraint& each : constraints) {
    const auto found = figures.find(each.figure);
    if (found != figures.end() && !keeps(each, found->second)) throw ConfigError(broken_text(each, found->second));
  }
}

/// Throws if the device has not what the accelerator takes.
void require_fit(const AcceleratorConfig& accelerator) {
  const FpgaDevice& device = device_of(accelerator.fpga.device);
  std::vector<std::string> lacking;
  visit_resources(lacking_of(resources_of(accelerator), device), [&lacking](const char* name, std::int64_t amount) {
    if (amount > 0) lacking.push_back(fmt::format("{} {}", amount, name));
  });
  if (!lacking.empty())
    throw ConfigError(fmt::format("does not fit {}: lacks {}", device.name, fmt::join(lacking, ", ")));
}

/// The platform with the point's settings. Throws ConfigError if they contradict each other.
PlatformConfig platform_of(const SweepDefinition& definition, const SweepPoint& point) {
  PlatformConfig platform = load_platform(definition.platform, {});
  for (const std::string& setting : point.settings) apply(parse_set_option(setting), platform);
  validate(platform);
  return platform;
}

/// Throws ConfigError if there is no need to simulate it.
void require_wanted(const SweepDefinition& definition, const PlatformConfig& platform) {
  require_resources(definition.constraints, resource_figures(platform.accelerator));
  if (definition.must_fit) require_fit(platform.accelerator);
}

std::size_t index_of(const std::string& figure) {
  const auto names = figure_names();
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), figure) - names.begin());
}

}  // namespace

std::vector<std::string> figure_names() {
  return {"cycles",
          "latency_ms",
          "fps",
          "accelerator_ms",
          "host_ms",
          "dram_read_bytes",
          "dram_write_bytes",
          "utilization",
          "lut",
          "ff",
          "bram18",
          "uram",
          "dsp",
          "lut_share",
          "ff_share",
          "bram18_share",
          "uram_share",
          "dsp_share",
          "energy_mj"};
}

void require_figure(const std::string& name) {
  const auto names = figure_names();
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw ConfigError(
        fmt::format("{:.50}: no such figure{}; there are {}", name, did_you_mean(name, names), listed(names)));
}

bool is_known_before(const std::string& figure) {
  static const std::vector<std::string> resources{"lut", "ff", "bram18", "uram", "dsp"};
  return std::any_of(resources.begin(), resources.end(),
                     [&figure](const std::string& each) { return figure == each || figure == each + "_share"; });
}

std::string reason_to_skip(const SweepDefinition& definition, const SweepPoint& point) try {
  require_wanted(definition, platform_of(definition, point));
  return "";
} catch (const ConfigError& error) {
  return error.what();
}

std::vector<double> simulate_point(const SweepDefinition& definition, const SweepPoint& point) {
  const PlatformConfig platform = platform_of(definition, point);
  require_wanted(definition, platform);
  auto resources = resource_figures(platform.accelerator);
  int height = 0, width = 0;
  std::sscanf(point.input_size.c_str(), "%dx%d", &height, &width);
  const auto network =
      workloads::without_weights(workloads::build_network(point.network, {point.stem, height, width, 10}));
  const auto schedule = compiler::compile(network.graph, platform);
  RunOptions options;
  options.data = false;
  const RunResult run = run_platform(platform, compiler::make_program(schedule, network, {}, platform, false), options);
  const double accelerator_ms = static_cast<double>(run.accelerator_ps) / 1e9,
               host_ms = static_cast<double>(run.host_ps) / 1e9;
  const auto number = [](std::int64_t value) { return static_cast<double>(value); };
  return {number(run.cycles),
          accelerator_ms + host_ms,
          1000 / (accelerator_ms + host_ms),
          accelerator_ms,
          host_ms,
          number(run.dram.read_bytes),
          number(run.dram.write_bytes),
          utilization(workloads::macs(network.graph), run.cycles, platform.accelerator.convolution),
          resources["lut"],
          resources["ff"],
          resources["bram18"],
          resources["uram"],
          resources["dsp"],
          resources["lut_share"],
          resources["ff_share"],
          resources["bram18_share"],
          resources["uram_share"],
          resources["dsp_share"],
          rounded_mj(frame_energy(platform, run).total_mj())};
}

double figure_of(const std::vector<double>& figures, const std::string& name) { return figures[index_of(name)]; }

std::string broken_text(const SweepConstraint& constraint, double value) {
  return fmt::format("{} is {:.6g}, and must be {} {:.6g}", constraint.figure, value, constraint.relation,
                     constraint.bound);
}

bool keeps(const std::vector<SweepConstraint>& constraints, const std::vector<double>& figures) {
  return std::all_of(constraints.begin(), constraints.end(),
                     [&figures](const SweepConstraint& each) { return keeps(each, figure_of(figures, each.figure)); });
}

std::vector<std::size_t> pareto_front(const std::vector<SweepObjective>& objectives,
                                      const std::vector<std::vector<double>>& points) {
  std::vector<std::size_t> columns;
  for (const SweepObjective& each : objectives) columns.push_back(index_of(each.figure));
  const auto cost = [&](std::size_t point, std::size_t objective) {
    const double value = points[point][columns[objective]];
    return objectives[objective].maximise ? -value : value;
  };
  const auto beats = [&](std::size_t a, std::size_t b) {
    bool better = false;
    for (std::size_t o = 0; o < objectives.size(); ++o) {
      if (cost(a, o) > cost(b, o)) return false;
      better = better || cost(a, o) < cost(b, o);
    }
    return better;
  };
  // In lexicographic order only earlier points can beat a point, and among those only ones of the front.
  std::vector<std::size_t> order(points.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    for (std::size_t o = 0; o < objectives.size(); ++o)
      if (cost(a, o) != cost(b, o)) return cost(a, o) < cost(b, o);
    return false;
  });
  std::vector<std::size_t> front;
  for (const std::size_t point : order)
    if (std::none_of(front.begin(), front.end(), [&](std::size_t other) { return beats(other, point); }))
      front.push_back(point);
  return front;
}

}  // namespace ernsim::tools
