#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/schedule.h"
#include "models/estimates/fpga/devices.h"
#include "models/estimates/fpga/resources.h"
#include "models/platform/run.h"
#include "platforms/parameters.h"
#include "simulation/array_account.h"
#include "simulation/run_digests.h"
#include "simulation/run_profile.h"
#include "simulation/schedule_search.h"
#include "workloads/graph.h"
#include "workloads/sum_range.h"

namespace ernsim {

/// One line of the layer table.
struct LayerReport {
  std::string name;
  std::string kind;  ///< "conv3x3", "conv1x1"
  int stride = 1;
  std::string choice;  ///< what the compiler chose
  std::int64_t macs = 0;
  Cycle start_cycle = 0;
  Cycle end_cycle = 0;
  Cycle cycles = 0;        ///< of the array: busy or waiting for it
  double utilization = 0;  ///< multiply-accumulates per cycle, as a fraction of B x B x M x C
  std::int64_t dram_read_bytes = 0;
  std::int64_t dram_write_bytes = 0;
  double macs_per_cycle = 0;
  std::optional<LayerTraffic> traffic;  ///< none without a profile
  Cycle array_busy_cycles = 0;
  EnumArray<StallCause, Cycle> stalled_cycles{};  ///< of the array, [StallCause]
  ArraySlots slots{};                             ///< what the multipliers did in `cycles`
  std::string bound_by;                           ///< by ::bound_by
  double dynamic_energy_mj = 0;                   ///< operations, on-chip bytes, DRAM bytes; NaN: not known
  std::optional<workloads::SumRange> sums;        ///< what accumulators and sums can reach, if weights are known
};

/// Layers that follow each other and whose names begin alike.
struct StageReport {
  std::string name;        ///< "layer1" of backbone.layer1.0.conv1; a layer without such a part is one by itself
  std::size_t first = 0;   ///< of its layers
  std::size_t layers = 0;  ///< how many
  std::int64_t macs = 0;
  Cycle cycles = 0;
  double utilization = 0;  ///< as a layer's
  ArraySlots slots{};      ///< of its layers together
  std::string bound_by;    ///< by ::bound_by
};

/// A node of the network, in topological order.
struct NodeReport {
  std::string name;
  std::string operation;            ///< "convolution", "activation", "add", "average_pool", "pixel_embedding"
  std::vector<std::string> inputs;  ///< names of nodes
  int channels = 0, height = 0, width = 0;
};

struct ClassLogit {
  int number = 0;
  float logit = 0;
};

/// Limits of throughput that no layer can exceed.
struct Roofline {
  double peak_macs_per_cycle = 0;      ///< all multipliers
  double peak_macs_per_cycle_1x1 = 0;  ///< those that a 1x1 kernel can use
  double peak_dram_bytes_per_cycle = 0;
  double peak_port_beats_per_cycle = 0;  ///< of a port's data channel
};

/// What a run says to its user: the results and the ratios derived from them. All reports print from this.
struct RunReport {
  std::string network;
  std::string stem;
  int input_height = 0;
  int input_width = 0;
  int thermometer = 10;
  std::string platform;
  std::vector<std::string> settings;  ///< --set options
  std::string command;                ///< that repeats the run
  std::vector<std::string> notes;     ///< where one parameter makes figures of another wrong
  std::vector<Parameter> configuration;
  double clock_mhz = 0;
  int frames = 1;
  bool data = true;
  double latency_ms = 0;  ///< first frame, accelerator and host
  double fps = 0;         ///< steady state: frames after the first, if there are any
  double accelerator_ms = 0;
  double host_ms = 0;
  std::int64_t weight_bytes = 0;
  std::int64_t macs = 0;
  double paper_gops = 0;
  double utilization = 0;  ///< as a layer's
  ArraySlots slots{};      ///< of all layers
  double achieved_gb_s = 0;
  double peak_gb_s = 0;
  std::int64_t sum_bytes = 0;           ///< of all residual sums in external memory
  std::int64_t sum_bytes_unpacked = 0;  ///< the same with 16 bits each
  Resources resources;                  ///< the sum of its parts
  std::vector<PartResources> resources_by_part;
  FpgaDevice device{};
  Energy energy;  ///< of the first frame, an estimate
  Roofline roofline;
  ScheduleSearch search;
  std::vector<LayerReport> layers;
  std::vector<StageReport> stages;  ///< of all layers, in their order
  std::vector<NodeReport> nodes;
  RunDigests digests;
  int accumulator_bits = 0;
  std::optional<int> accumulator_bits_needed;  ///< by all layers, if weights are known
  std::optional<double> accuracy;              ///< top-1, of whoever knows it: no run does
  std::vector<std::string> may_overflow;       ///< layers that need more bits than there are
  std::optional<std::int64_t> overflows;       ///< none without data: not checked
  std::vector<ClassLogit> top5;                ///< empty without data
  std::optional<RunProfile> profile;
  RunResult result;
};

/// What the report needs to know besides the result.
struct RunSubject {
  const workloads::Graph& graph;
  const PlatformConfig& platform;
  const compiler::Schedule& schedule;
  std::vector<std::string> settings;
  int frames = 1;
  bool data = true;
  std::string command = {};
  std::optional<RunProfile> profile = {};
  ScheduleSearch search = {};
  std::vector<workloads::SumRange> sum_ranges = {};  ///< [node]; empty: not known
  std::vector<std::string> notes = {};
  RunDigests digests = {};
};

RunReport make_run_report(const RunSubject& subject, RunResult result);

/// The classes with the five largest logits; of equals the smaller number first.
std::vector<ClassLogit> top5(const std::vector<float>& logits);

}  // namespace ernsim
