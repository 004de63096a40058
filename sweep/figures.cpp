#include "sweep/figures.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "compiler/program.h"
#include "config/did_you_mean.h"
#include "models/estimates/fpga/devices.h"
#include "models/estimates/fpga/resources.h"
#include "models/platform/run.h"
#include "output/rounded.h"
#include "platforms/config_file.h"
#include "platforms/setting.h"
#include "simulation/configuration_notes.h"
#include "simulation/run_report.h"
#include "simulation/schedule_choice.h"
#include "workloads/folding.h"
#include "workloads/image.h"

namespace ernsim {

namespace {

/// What a share is when the device has none of what is needed.
constexpr double none_there = 1e9;

/// The figures that are known without a simulation, by name.
std::map<std::string, double> share_figures(const Resources& used, const FpgaDevice& device) {
  std::map<std::string, double> figures;
  visit_resources(used, [&](const char* name, std::int64_t amount) { figures[name] = static_cast<double>(amount); });
  visit_resources(shares_of(used, device), [&](const char* name, double share) {
    figures[name + std::string("_share")] = std::min(share, none_there);
  });
  return figures;
}

/// What is known of a point without a simulation.
std::map<std::string, double> early_figures(const SweepDefinition& definition, const SweepPoint& point,
                                            const PlatformConfig& platform) {
  const AcceleratorConfig& accelerator = platform.accelerator;
  auto figures = share_figures(resources_of(platform.accelerator, platform.fpga), device_of(platform.fpga.device));
  const int needed = definition.accumulator_bits_needed.at(selection_text(point));
  figures["accumulator_bits_needed"] = needed;
  figures["accumulator_bits_missing"] =
      static_cast<double>(std::max<std::int64_t>(needed - accelerator.memory.accumulator_bits, 0));
  return figures;
}

/// In the order of figure_names(); NaN where there is none.
std::vector<double> in_order(const std::map<std::string, double>& figures) {
  std::vector<double> ordered;
  for (const std::string& name : figure_names()) {
    const auto found = figures.find(name);
    ordered.push_back(found == figures.end() ? std::nan("") : found->second);
  }
  return ordered;
}

/// Throws if a constraint on what is known is broken: no simulation would mend that.
void require_known(const std::vector<SweepConstraint>& constraints, const std::map<std::string, double>& figures) {
  for (const SweepConstraint& each : constraints) {
    const auto found = figures.find(each.figure);
    if (found != figures.end() && !keeps(each, found->second)) throw ConfigError(broken_text(each, found->second));
  }
}

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

/// The platform with the point's settings. Throws ConfigError if they contradict each other.
PlatformConfig platform_of(const SweepDefinition& definition, const SweepPoint& point) {
  PlatformConfig platform = load_platform(definition.platform, {});
  for (const std::string& setting : point.settings) apply(parse_set_option(setting), platform);
  validate(platform);
  return platform;
}

/// Throws ConfigError if there is no need to simulate it.
void require_wanted(const SweepDefinition& definition, const SweepPoint& point, const PlatformConfig& platform) {
  require_known(definition.constraints, early_figures(definition, point, platform));
  if (definition.must_fit) require_fit(platform);
}

/// What others took of the memory, all together.
void add_traffic(const std::vector<TrafficResult>& traffic, std::map<std::string, double>& figures) {
  for (const char* name : {"traffic_read_bytes", "traffic_write_bytes", "traffic_mb_s", "traffic_late"})
    figures[name] = 0;
  for (const TrafficResult& each : traffic) {
    figures["traffic_read_bytes"] += static_cast<double>(each.read_bytes);
    figures["traffic_write_bytes"] += static_cast<double>(each.write_bytes);
    figures["traffic_mb_s"] += each.achieved_mb_s;
    figures["traffic_late"] += each.kept_rate ? 0 : 1;
  }
}

/// Those of a run, by the names they have there, beside those that were known before.
std::vector<double> figures_of(const RunReport& run, std::map<std::string, double> figures) {
  figures["cycles"] = static_cast<double>(run.result.cycles);
  figures["latency_ms"] = run.latency_ms;
  figures["fps"] = run.fps;
  figures["accelerator_ms"] = run.accelerator_ms;
  figures["host_ms"] = run.host_ms;
  figures["dram_read_bytes"] = static_cast<double>(run.result.dram.read_bytes);
  figures["dram_write_bytes"] = static_cast<double>(run.result.dram.write_bytes);
  figures["utilization"] = run.utilization;
  add_traffic(run.result.traffic, figures);
  figures["energy_mj"] = rounded_mj(run.energy.total_mj());
  return in_order(figures);
}

std::size_t index_of(const std::string& figure) {
  const auto& names = figure_names();
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), figure) - names.begin());
}

}  // namespace

const std::vector<std::string>& figure_names() {
  static const std::vector<std::string> names{"cycles",
                                              "latency_ms",
                                              "fps",
                                              "accelerator_ms",
                                              "host_ms",
                                              "dram_read_bytes",
                                              "dram_write_bytes",
                                              "utilization",
                                              "traffic_read_bytes",
                                              "traffic_write_bytes",
                                              "traffic_mb_s",
                                              "traffic_late",
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
                                              "energy_mj",
                                              "accumulator_bits_needed",
                                              "accumulator_bits_missing"};
  return names;
}

void require_figure(const std::string& name) {
  const auto& names = figure_names();
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw ConfigError(
        fmt::format("{:.50}: no such figure{}; there are {}", name, did_you_mean(name, names), listed(names)));
}

bool is_known_before(const std::string& figure) {
  static const std::vector<std::string> resources{"lut", "ff", "bram18", "uram", "dsp"};
  return figure.rfind("accumulator_bits_", 0) == 0 ||
         std::any_of(resources.begin(), resources.end(),
                     [&figure](const std::string& each) { return figure == each || figure == each + "_share"; });
}

bool may_be_unknown(const std::string& figure) { return figure == "energy_mj"; }

std::vector<double> figures_before(const SweepDefinition& definition, const SweepPoint& point) try {
  return in_order(early_figures(definition, point, platform_of(definition, point)));
} catch (const ConfigError&) {
  return {};
}

std::string reason_to_skip(const SweepDefinition& definition, const SweepPoint& point) try {
  require_wanted(definition, point, platform_of(definition, point));
  return "";
} catch (const ConfigError& error) {
  return error.what();
}

PointResult simulate_point(const SweepDefinition& definition, const SweepPoint& point) {
  const PlatformConfig platform = platform_of(definition, point);
  require_wanted(definition, point, platform);
  const auto [height, width] = sides_of(point.input_size);
  const auto network = workloads::without_weights(definition.own.graph(point.network, point.stem, height, width));
  const auto schedule = fastest_schedule(network.graph, platform, 1).schedule;
  RunOptions options;
  options.data = false;
  RunResult result = run_platform(platform, compiler::make_program(schedule, network, {}, platform, false), options);
  RunSubject subject{network.graph, platform, schedule, point.settings, 1, false};
  subject.notes = configuration_notes(platform, network.graph);
  const RunReport run = make_run_report(subject, std::move(result));
  return {figures_of(run, early_figures(definition, point, platform)), fmt::format("{}", fmt::join(run.notes, "; "))};
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
    if (std::isnan(value)) return HUGE_VAL;
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

}  // namespace ernsim
