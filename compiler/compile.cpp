#include "compiler/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "compiler/arrangement.h"
#include "compiler/fit.h"
#include "compiler/layer_emitter.h"
#include "compiler/schedule_check.h"
#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim::compiler {

namespace {

using workloads::Graph;
using workloads::Node;

/// Everything a compilation passes from step to step.
struct Compilation {
  const Graph& graph;
  const PlatformConfig& config;
  std::vector<LayerPlan> plans;
  std::vector<PlacedLayer> layers;    ///< [plan]
  std::vector<Placement> placements;  ///< [plan]
  std::vector<Tiling> tilings;        ///< [plan]
  MemoryMap map;
  Schedule schedule;

  const Node& node(int index) const { return graph.nodes[static_cast<std::size_t>(index)]; }
  std::int64_t block_channels() const { return config.accelerator.convolution.block_channels; }
};

/// The tensor's size in external memory, its channels padded to whole blocks.
std::uint64_t tensor_bytes(const Compilation& c, const workloads::Shape& shape, std::int64_t bytes_per_block_pixel) {
  return static_cast<std::uint64_t>(std::int64_t{shape.height} * shape.width *
                                    blocks_of(shape.channels, c.block_channels()) * bytes_per_block_pixel);
}

/// Of maps that are upsampled.
void map_repeated(Compilation& c, const LayerPlan& plan, const LayerShape& shape) {
  for (const int node : plan.repeated_codes)
    c.map.add(c.node(node).name, RegionKind::codes, tensor_bytes(c, c.node(node).out, c.block_channels() / 4),
              c.node(node).out);
  for (const int node : plan.repeated_sums)
    c.map.add(c.node(node).name, RegionKind::sums,
              tensor_bytes(c, c.node(node).out, c.block_channels() * shape.repeated_bits / 8), c.node(node).out);
}

void map_input(Compilation& c) {
  const Node& first = c.node(0);
  if (reads_codes(c.graph))
    c.map.add(first.name, RegionKind::input, tensor_bytes(c, first.out, c.block_channels() / 4), first.out);
  else
    c.map.add("image", RegionKind::image, std::uint64_t(c.graph.input_height) * std::uint64_t(c.graph.input_width) * 3,
              {3, c.graph.input_height, c.graph.input_width});
}

/// Of the codes that a layer reads from external memory.
const Region& input_region(const Compilation& c, const Node& input) {
  switch (input.kind) {
    case workloads::NodeKind::pixel_embedding:
      return c.map.find("image", RegionKind::image);
    case workloads::NodeKind::code_input:
      return c.map.find(input.name, RegionKind::input);
    default:
      return c.map.find(input.name, RegionKind::codes);
  }
}

void map_regions(Compilation& c) {
  map_input(c);
  for (std::size_t i = 0; i < c.plans.size(); ++i) {
    const LayerPlan& plan = c.plans[i];
    const LayerShape& shape = c.layers[i].shape;
    const auto passes = std::int64_t{shape.out_blocks} * shape.in_blocks * shape.panes_per_pass;
    if (!plan.again) c.map.add(shape.name, RegionKind::weights, static_cast<std::uint64_t>(passes * shape.pane_bytes));
    if (plan.codes >= 0) {
      c.map.add(shape.name, RegionKind::thresholds,
                static_cast<std::uint64_t>(shape.out_blocks * c.block_channels() * 8));
      const Node& codes = c.node(plan.codes);
      if (!c.placements[i].codes && plan.codes_read)
        c.map.add(codes.name, RegionKind::codes, tensor_bytes(c, codes.out, c.block_channels() / 4), codes.out);
    }
    if (plan.sums >= 0) {
      const Node& sums = c.node(plan.sums);
      c.map.add(sums.name, RegionKind::sums, tensor_bytes(c, sums.out, c.block_channels() * shape.sum_bits / 8),
                sums.out);
    }
    map_repeated(c, plan, shape);
  }
}

LayerRegions regions_of(const Compilation& c, const LayerPlan& plan, const LayerShape& shape,
                        const Placement& placement) {
  const std::string& name = shape.name;
  LayerRegions regions;
  regions.residual_bits = shape.residual_bits;
  regions.sum_bits = shape.sum_bits;
  if (!placement.input && !plan.again) regions.input = &input_region(c, c.node(plan.input));
  if (!plan.again) regions.weights = &c.map.find(name, RegionKind::weights);
  if (plan.codes >= 0) {
    regions.thresholds = &c.map.find(name, RegionKind::thresholds);
    if (!placement.codes && plan.codes_read) regions.codes = &c.map.find(c.node(plan.codes).name, RegionKind::codes);
  }
  regions.repeated_bits = shape.repeated_bits;
  for (const int node : plan.repeated_codes)
    regions.repeated_codes.push_back({&c.map.find(c.node(node).name, RegionKind::codes), c.node(node).repetition});
  for (const int node : plan.repeated_sums)
    regions.repeated_sums.push_back({&c.map.find(c.node(node).name, RegionKind::sums), c.node(node).repetition});
  if (shape.adds_residual) regions.residual = &c.map.find(c.node(plan.residual).name, RegionKind::sums);
  if (plan.sums >= 0) regions.sums = &c.map.find(c.node(plan.sums).name, RegionKind::sums);
  return regions;
}

Layer describe(const Compilation& c, const LayerPlan& plan, const std::string& choice) {
  const Node& conv = c.node(plan.convolution);
  const int sums = given_sums(c.graph, plan);
  Layer layer;
  layer.name = conv.name;
  layer.codes = plan.codes >= 0 ? c.node(plan.codes).name : "";
  layer.sums = sums >= 0 ? c.node(sums).name : "";
  layer.kernel = conv.kernel;
  layer.stride = conv.stride;
  layer.dilation_down = conv.dilation.rows;
  layer.dilation_across = conv.dilation.columns;
  layer.reads = c.node(plan.input).name;
  if (plan.residual >= 0) layer.adds = c.node(plan.residual).name;
  layer.in_channels = c.node(plan.input).out.channels;
  layer.out_channels = conv.out.channels;
  layer.out_height = conv.out.height;
  layer.out_width = conv.out.width;
  layer.macs = std::int64_t{conv.kernel} * conv.kernel * layer.in_channels * layer.out_channels * layer.out_height *
               layer.out_width;
  layer.choice = choice;
  return layer;
}

/// A further activation of what the layer before has in F.
Layer describe_again(const Compilation& c, const LayerPlan& plan, const Placement& placement) {
  const Node& codes = c.node(plan.codes);
  Layer layer;
  layer.name = layer.codes = codes.name;
  layer.kernel = 0;
  layer.in_channels = layer.out_channels = codes.out.channels;
  layer.out_height = codes.out.height;
  layer.out_width = codes.out.width;
  layer.choice = fmt::format("sums of {} in F once more; codes {}", c.node(plan.convolution).name,
                             placement.codes ? "stay in A" : "stored");
  return layer;
}

/// The part of A that the shortcut's input passes through, between the layer's own input and its codes.
Placement shortcut_placement(const Tiling& tiling, const Placement& placement) {
  const auto slots = static_cast<std::uint32_t>(tiling.activation_slots);
  const std::uint32_t end = placement.stream_end - slots * tiling.codes_slot;
  return {end - slots * tiling.shortcut_slot, end, placement.shortcut_input, {}, {}};
}

Tiling shortcut_tiling(const LayerShape& shortcut, const Tiling& tiling) {
  Tiling made;
  made.tile_rows = tiling.tile_rows;
  made.tile_columns = tiling.tile_columns;
  made.in_blocks_per_load = shortcut.in_blocks;
  made.in_blocks_per_pass = tiling.shortcut_blocks_per_pass;
  made.input_slot = tiling.shortcut_slot;
  made.activation_slots = tiling.activation_slots;
  made.weights_stay = tiling.weights_stay;
  made.blocks_outer = tiling.blocks_outer;
  return made;
}

void emit_layers(Compilation& c, const TilingChooser& chooser) {
  OnChipRings rings(c.config.accelerator.memory);
  Dependencies program;
  for (std::size_t i = 0; i < c.plans.size(); ++i) {
    const LayerShape& shape = c.layers[i].shape;
    const Placement& placement = c.placements[i];
    if (c.plans[i].fused) {
      const std::string& by = c.node(c.plans[i + 1].convolution).name;
      c.schedule.layers.push_back(describe(c, c.plans[i], fmt::format("sums stay in F for {}", by)));
      continue;
    }
    if (c.plans[i].again) {
      c.schedule.layers.push_back(describe_again(c, c.plans[i], placement));
      continue;
    }
    if (chooser) {
      const auto possible = possible_tilings(shape, placement, c.config);
      c.tilings[i] = possible.at(chooser(shape, possible));
    }
    const Tiling& tiling = c.tilings[i];
    c.schedule.layers.push_back(describe(c, c.plans[i], tiling.description(shape, placement)));
    const auto emitter = [&](std::size_t number, const LayerShape& its, const Tiling& tiled, const Placement& placed) {
      return LayerEmitter(static_cast<std::uint16_t>(number), its, tiled, placed,
                          regions_of(c, c.plans[number], its, placed), c.config, rings, program);
    };
    LayerEmitter layer = emitter(i, shape, tiling, placement);
    std::vector<LayerEmitter> further;
    for (std::size_t more = i + 1; more < c.plans.size() && c.plans[more].again; ++more)
      further.push_back(emitter(more, c.layers[more].shape, tiling, c.placements[more]));
    layer.quantize_again_by(std::move(further));
    if (!shape.shortcut) {
      layer.emit();
      continue;
    }
    LayerEmitter shortcut = emitter(i - 1, *shape.shortcut, shortcut_tiling(*shape.shortcut, tiling),
                                    shortcut_placement(tiling, placement));
    layer.accumulate_on(shortcut);
    layer.emit();
  }
  c.schedule.streams = program.finish();
}

void map_streams(Compilation& c) {
  for (const UnitId unit : each<UnitId>()) {
    const auto& stream = c.schedule.streams[unit];
    if (!stream.empty()) c.map.add(name_of(unit), RegionKind::instructions, stream.size() * instruction_bytes);
  }
}

/// A compiled schedule keeps every rule of one from a file. To prove it takes about as long as to compile, so it is
/// done where the environment asks for it, as all tests do.
void check_if_asked(const Schedule& schedule, const PlatformConfig& config) try {
  if (std::getenv("ERNSIM_CHECK") != nullptr) check(schedule, config);
} catch (const ScheduleError& error) {
  throw std::logic_error(fmt::format("the compiler made a schedule that must not run: {}", error.what()));
}

}  // namespace

Schedule compile(const Graph& graph, const PlatformConfig& config, const TilingChooser& chooser) {
  validate(config);
  const Arrangement arranged = arrange(graph, config);
  require_fit(arranged.layers, config);
  return compile(graph, config, arranged, chooser);
}

Schedule compile(const Graph& graph, const PlatformConfig& config, const Arrangement& arranged,
                 const TilingChooser& chooser) {
  Compilation c{graph, config, arranged.plans, arranged.layers, arranged.placements, arranged.tilings, {}, {}};
  const auto& array = config.accelerator.convolution;
  c.schedule.network = graph.network;
  c.schedule.block_channels = static_cast<int>(array.block_channels);
  c.schedule.lanes = static_cast<int>(array.lanes);
  c.schedule.lane_mapping = array.lane_mapping == LaneMapping::pixels ? "pixels" : "kernel_columns";
  c.schedule.thermometer = graph.thermometer;
  for (const Node& node : graph.nodes)
    if (node.kind == workloads::NodeKind::upsampling)
      c.schedule.repetitions.push_back({node.name, c.node(node.inputs.at(0)).name, node.repetition});
  map_regions(c);
  emit_layers(c, chooser);
  map_streams(c);
  c.schedule.regions = c.map.regions();
  c.schedule.external_bytes = c.map.end();
  check_if_asked(c.schedule, config);
  return std::move(c.schedule);
}

}  // namespace ernsim::compiler
