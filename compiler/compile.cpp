#include "compiler/compile.h"

#include <algorithm>

#include "compiler/layer_emitter.h"
#include "compiler/residency.h"
#include "models/control/instruction_codec.h"

namespace ernsim::compiler {

namespace {

using workloads::Graph;
using workloads::Node;

int blocks_of(int channels, std::int64_t block_channels) {
  return static_cast<int>((channels + block_channels - 1) / block_channels);
}

/// Everything a compilation passes from step to step.
struct Compilation {
  const Graph& graph;
  const PlatformConfig& config;
  std::vector<LayerPlan> plans;
  std::vector<PlacedLayer> layers;    ///< [plan]
  std::vector<Placement> placements;  ///< [plan]
  MemoryMap map;
  Schedule schedule;

  const Node& node(int index) const { return graph.nodes[static_cast<std::size_t>(index)]; }
  std::int64_t block_channels() const { return config.accelerator.convolution.block_channels; }
};

/// Largest magnitude a node's sums can have for any weights: a convolution adds 3 per input channel and kernel
/// position.
std::int64_t largest_sum(const Graph& graph, int index) {
  const Node& node = graph.nodes[static_cast<std::size_t>(index)];
  if (node.kind == workloads::NodeKind::convolution) {
    const int channels = graph.nodes[static_cast<std::size_t>(node.inputs.at(0))].out.channels;
    return std::int64_t{3} * channels * node.kernel * node.kernel;
  }
  std::int64_t sum = 0;
  for (const int input : node.inputs) sum += largest_sum(graph, input);
  return sum;
}

/// Bits of one sum of the node in external memory. Accumulators that the host reads are not packed.
int sum_bits(const Compilation& c, int node) {
  const bool added =
      std::any_of(c.plans.begin(), c.plans.end(), [node](const LayerPlan& plan) { return plan.residual == node; });
  if (!c.config.accelerator.dma.pack_sums || !added) return 16;
  const std::int64_t largest = largest_sum(c.graph, node);
  int bits = 8;
  while (bits < c.config.accelerator.memory.accumulator_bits && largest > (std::int64_t{1} << (bits - 1)) - 1) ++bits;
  return bits;
}

LayerShape shape_of(const Compilation& c, const LayerPlan& plan) {
  const Node& conv = c.node(plan.convolution);
  const workloads::Shape& in = c.node(plan.input).out;
  const ArrayGeometry geometry = geometry_of(c.config.accelerator.convolution);
  LayerShape shape;
  shape.name = conv.name;
  shape.kernel = conv.kernel;
  shape.stride = conv.stride;
  shape.padding = conv.padding;
  shape.in_height = in.height;
  shape.in_width = in.width;
  shape.in_blocks = blocks_of(in.channels, c.block_channels());
  shape.out_height = conv.out.height;
  shape.out_width = conv.out.width;
  shape.out_blocks = blocks_of(conv.out.channels, c.block_channels());
  shape.panes_per_pass = geometry.panes_per_pass(conv.kernel);
  shape.pane_bytes = geometry.matrices_per_pane(conv.kernel) * c.block_channels() * c.block_channels() / 8;
  shape.emits_codes = plan.codes >= 0;
  shape.emits_sums = plan.sums >= 0;
  shape.adds_residual = plan.residual >= 0;
  if (plan.residual >= 0) shape.residual_bits = sum_bits(c, plan.residual);
  if (plan.sums >= 0) shape.sum_bits = sum_bits(c, plan.sums);
  shape.reads_image = c.node(plan.input).kind == workloads::NodeKind::pixel_embedding;
  return shape;
}

/// The tensor's size in external memory, its channels padded to whole blocks.
std::uint64_t tensor_bytes(const Compilation& c, const workloads::Shape& shape, std::int64_t bytes_per_block_pixel) {
  return static_cast<std::uint64_t>(std::int64_t{shape.height} * shape.width *
                                    blocks_of(shape.channels, c.block_channels()) * bytes_per_block_pixel);
}

void map_regions(Compilation& c) {
  c.map.add("image", RegionKind::image, std::uint64_t(c.graph.input_height) * std::uint64_t(c.graph.input_width) * 3,
            {3, c.graph.input_height, c.graph.input_width});
  for (std::size_t i = 0; i < c.plans.size(); ++i) {
    const LayerPlan& plan = c.plans[i];
    const LayerShape& shape = c.layers[i].shape;
    const auto passes = std::int64_t{shape.out_blocks} * shape.in_blocks * shape.panes_per_pass;
    c.map.add(shape.name, RegionKind::weights, static_cast<std::uint64_t>(passes * shape.pane_bytes));
    if (plan.codes >= 0) {
      c.map.add(shape.name, RegionKind::thresholds,
                static_cast<std::uint64_t>(shape.out_blocks * c.block_channels() * 8));
      const Node& codes = c.node(plan.codes);
      if (!c.placements[i].codes)
        c.map.add(codes.name, RegionKind::codes, tensor_bytes(c, codes.out, c.block_channels() / 4), codes.out);
    }
    if (plan.sums >= 0) {
      const Node& sums = c.node(plan.sums);
      c.map.add(sums.name, RegionKind::sums, tensor_bytes(c, sums.out, c.block_channels() * shape.sum_bits / 8),
                sums.out);
    }
  }
}

LayerRegions regions_of(const Compilation& c, const LayerPlan& plan, const LayerShape& shape,
                        const Placement& placement) {
  const std::string& name = c.node(plan.convolution).name;
  const Node& input = c.node(plan.input);
  const bool from_image = input.kind == workloads::NodeKind::pixel_embedding;
  LayerRegions regions;
  regions.residual_bits = shape.residual_bits;
  regions.sum_bits = shape.sum_bits;
  if (!placement.input)
    regions.input = &(from_image ? c.map.find("image", RegionKind::image) : c.map.find(input.name, RegionKind::codes));
  regions.weights = &c.map.find(name, RegionKind::weights);
  if (plan.codes >= 0) {
    regions.thresholds = &c.map.find(name, RegionKind::thresholds);
    if (!placement.codes) regions.codes = &c.map.find(c.node(plan.codes).name, RegionKind::codes);
  }
  if (plan.residual >= 0) regions.residual = &c.map.find(c.node(plan.residual).name, RegionKind::sums);
  if (plan.sums >= 0) regions.sums = &c.map.find(c.node(plan.sums).name, RegionKind::sums);
  return regions;
}

Layer describe(const Compilation& c, const LayerPlan& plan, const std::string& choice) {
  const Node& conv = c.node(plan.convolution);
  const int add = plan.residual >= 0 ? c.node(plan.codes >= 0 ? plan.codes : plan.sums).inputs.at(0) : -1;
  Layer layer;
  layer.name = conv.name;
  layer.codes = plan.codes >= 0 ? c.node(plan.codes).name : "";
  layer.sums = plan.sums >= 0 ? c.node(plan.sums).name : add >= 0 ? c.node(add).name : "";
  layer.kernel = conv.kernel;
  layer.stride = conv.stride;
  layer.in_channels = c.node(plan.input).out.channels;
  layer.out_channels = conv.out.channels;
  layer.out_height = conv.out.height;
  layer.out_width = conv.out.width;
  layer.macs = std::int64_t{conv.kernel} * conv.kernel * layer.in_channels * layer.out_channels * layer.out_height *
               layer.out_width;
  layer.choice = choice;
  return layer;
}

Tiling tiling_of(const LayerShape& shape, const Placement& placement, const PlatformConfig& config,
                 const TilingChooser& chooser) {
  if (!chooser) return choose_tiling(shape, placement, config);
  const auto possible = possible_tilings(shape, placement, config);
  return possible.empty() ? choose_tiling(shape, placement, config) : possible.at(chooser(shape, possible));
}

void emit_layers(Compilation& c, const TilingChooser& chooser) {
  OnChipRings rings(c.config.accelerator.memory);
  Dependencies program;
  for (std::size_t i = 0; i < c.plans.size(); ++i) {
    const LayerShape& shape = c.layers[i].shape;
    const Placement& placement = c.placements[i];
    const Tiling tiling = tiling_of(shape, placement, c.config, chooser);
    c.schedule.layers.push_back(describe(c, c.plans[i], tiling.description(shape, placement)));
    LayerEmitter(static_cast<std::uint16_t>(i), shape, tiling, placement, regions_of(c, c.plans[i], shape, placement),
                 c.config, rings, program)
        .emit();
  }
  c.schedule.streams = program.finish();
}

/// Which layer makes the codes that `plan` reads; -1 if it reads the image.
int producer_of(const Compilation& c, const LayerPlan& plan) {
  for (std::size_t i = 0; i < c.plans.size(); ++i)
    if (c.plans[i].codes == plan.input) return static_cast<int>(i);
  return -1;
}

void map_streams(Compilation& c) {
  for (std::size_t i = 0; i < unit_count; ++i) {
    const auto& stream = c.schedule.streams[i];
    if (!stream.empty())
      c.map.add(name_of(static_cast<UnitId>(i)), RegionKind::instructions, stream.size() * instruction_bytes);
  }
}

}  // namespace

Schedule compile(const Graph& graph, const PlatformConfig& config, const TilingChooser& chooser) {
  validate(config);
  Compilation c{graph, config, plan_layers(graph), {}, {}, {}, {}};
  const auto& array = config.accelerator.convolution;
  c.schedule.network = graph.network;
  c.schedule.block_channels = static_cast<int>(array.block_channels);
  c.schedule.lanes = static_cast<int>(array.lanes);
  c.schedule.lane_mapping = array.lane_mapping == LaneMapping::pixels ? "pixels" : "kernel_columns";
  c.schedule.thermometer = graph.thermometer;
  for (const LayerPlan& plan : c.plans) c.layers.push_back({shape_of(c, plan), producer_of(c, plan)});
  c.placements = place_activations(c.layers, config);
  map_regions(c);
  emit_layers(c, chooser);
  map_streams(c);
  c.schedule.regions = c.map.regions();
  c.schedule.external_bytes = c.map.end();
  return c.schedule;
}

}  // namespace ernsim::compiler
