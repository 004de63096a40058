#include "tools/sweep_figures.h"

#include <algorithm>
#include <cstdio>

#include "compiler/compile.h"
#include "compiler/program.h"
#include "models/accelerator/resources.h"
#include "models/platform/run.h"
#include "tools/config_file.h"
#include "tools/rounded.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"

namespace ernsim::tools {

namespace {

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
          "energy_mj"};
}

std::vector<double> simulate_point(const SweepDefinition& definition, const SweepPoint& point) {
  const PlatformConfig platform = load_platform(definition.platform, point.settings);
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
  const Resources r = resources_of(platform.accelerator);
  const auto busy = run.units[static_cast<std::size_t>(UnitId::convolution)].busy_cycles;
  const auto number = [](std::int64_t value) { return static_cast<double>(value); };
  return {number(run.cycles),
          accelerator_ms + host_ms,
          1000 / (accelerator_ms + host_ms),
          accelerator_ms,
          host_ms,
          number(run.dram.read_bytes),
          number(run.dram.write_bytes),
          number(busy) / number(run.cycles),
          number(r.lut),
          number(r.ff),
          number(r.bram18),
          number(r.uram),
          number(r.dsp),
          rounded_mj(estimate_energy(platform.energy, activity_of(run)).total_mj())};
}

bool keeps(const std::vector<SweepConstraint>& constraints, const std::vector<double>& figures) {
  return std::all_of(constraints.begin(), constraints.end(), [&figures](const SweepConstraint& each) {
    const double value = figures[index_of(each.figure)];
    if (each.relation == "<") return value < each.bound;
    if (each.relation == "<=") return value <= each.bound;
    if (each.relation == ">") return value > each.bound;
    return value >= each.bound;
  });
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
