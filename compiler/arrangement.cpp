#include "compiler/arrangement.h"

#include <algorithm>

#include "compiler/layer_costs.h"
#include "compiler/packing.h"

namespace ernsim::compiler {

int blocks_of(int channels, std::int64_t block_channels) {
  return static_cast<int>((channels + block_channels - 1) / block_channels);
}

namespace {

using workloads::Graph;
using workloads::Node;

struct Network {
  const Graph& graph;
  const PlatformConfig& config;
  std::vector<LayerPlan> plans;

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

/// Bits of one sum of the node in external memory. What the host reads is not packed.
int sum_bits(const Network& c, int node) {
  const auto& nodes = c.graph.nodes;
  const bool pooled = std::any_of(nodes.begin(), nodes.end(), [node](const Node& each) {
    return each.kind == workloads::NodeKind::average_pool && each.inputs.at(0) == node;
  });
  const bool added =
      std::any_of(c.plans.begin(), c.plans.end(), [node](const LayerPlan& plan) { return plan.residual == node; });
  if (!c.config.accelerator.dma.pack_sums || !added || pooled) return 16;
  const std::int64_t largest = largest_sum(c.graph, node);
  int bits = 8;
  while (bits < c.config.accelerator.memory.accumulator_bits && largest > (std::int64_t{1} << (bits - 1)) - 1) ++bits;
  return bits;
}

/// How often each value is there in all these upsamplings of it.
int copies(const Graph& graph, const std::vector<int>& upsamplings) {
  int all = 0;
  for (const int node : upsamplings) {
    const int times = graph.nodes[static_cast<std::size_t>(node)].repetition;
    all += times * times;
  }
  return all;
}

LayerShape shape_of(const Network& c, const LayerPlan& plan) {
  const Node& conv = c.node(plan.convolution);
  const workloads::Shape& in = c.node(plan.input).out;
  const ArrayGeometry geometry = weights_geometry(conv, geometry_of(c.config.accelerator.convolution));
  LayerShape shape;
  shape.name = plan.again ? c.node(plan.codes).name : conv.name;
  shape.kernel = conv.kernel;
  shape.stride = conv.stride;
  shape.dilation_down = conv.dilation.rows;
  shape.dilation_across = conv.dilation.columns;
  shape.padding_above = conv.padding.top;
  shape.padding_left = conv.padding.left;
  shape.in_height = in.height;
  shape.in_width = in.width;
  shape.reads_image = c.node(plan.input).kind == workloads::NodeKind::pixel_embedding;
  shape.in_blocks = blocks_of(shape.reads_image ? std::max(in.channels, embedded_channels(c.graph)) : in.channels,
                              c.block_channels());
  shape.out_height = conv.out.height;
  shape.out_width = conv.out.width;
  shape.out_blocks = blocks_of(conv.out.channels, c.block_channels());
  shape.panes_per_pass = geometry.panes_per_pass(conv.kernel);
  shape.pane_bytes = geometry.matrices_per_pane(conv.kernel) * c.block_channels() * c.block_channels() / 8;
  shape.emits_codes = plan.codes >= 0;
  shape.emits_sums = plan.sums >= 0 || !plan.repeated_sums.empty();
  shape.codes_read = plan.codes_read;
  shape.sums_read = plan.sums >= 0;
  shape.repeated_codes = copies(c.graph, plan.repeated_codes);
  shape.repeated_sums = copies(c.graph, plan.repeated_sums);
  shape.adds_residual = plan.residual >= 0;
  if (plan.residual >= 0) shape.residual_bits = sum_bits(c, plan.residual);
  if (plan.sums >= 0) shape.sum_bits = sum_bits(c, plan.sums);
  if (!plan.repeated_sums.empty()) shape.repeated_bits = sum_bits(c, plan.repeated_sums[0]);
  return shape;
}

/// Which layer makes the codes that `plan` reads; -1 if it reads the image.
int producer_of(const std::vector<LayerPlan>& plans, const LayerPlan& plan) {
  for (std::size_t i = 0; i < plans.size(); ++i)
    if (plans[i].codes == plan.input) return static_cast<int>(i);
  return -1;
}

/// The last layer with a convolution.
PlacedLayer& worker_of(std::vector<PlacedLayer>& layers) {
  return *std::find_if(layers.rbegin(), layers.rend(), [](const PlacedLayer& layer) { return !layer.again; });
}

Arrangement arrange(const Graph& graph, const PlatformConfig& config, const std::vector<LayerPlan>& plans,
                    LayerCosts& costs) {
  const Network network{graph, config, plans};
  Arrangement made;
  made.plans = plans;
  for (const LayerPlan& plan : plans) {
    PlacedLayer layer{
        shape_of(network, plan), plan.convolution, -1, producer_of(plans, plan), -1, plan.fused, plan.again};
    if (plan.again) {
      LayerShape& shape = worker_of(made.layers).shape;
      ++shape.more_codes;
      shape.repeated_codes += layer.shape.repeated_codes;
      layer.producer = -1;
      layer.shape.adds_residual = shape.adds_residual;
    }
    if (!made.layers.empty() && made.layers.back().fused) {
      layer.shape.adds_residual = false;
      layer.shape.shortcut = std::make_shared<LayerShape>(made.layers.back().shape);
      layer.shortcut = made.layers.back().convolution;
      layer.shortcut_producer = made.layers.back().producer;
    }
    made.layers.push_back(std::move(layer));
  }
  ActivationPlan activations = place_activations(made.layers, config, costs);
  made.placements = std::move(activations.placements);
  made.tilings = std::move(activations.tilings);
  made.cycles = activations.cycles;
  return made;
}

}  // namespace

Arrangement arrange(const Graph& graph, const PlatformConfig& config) {
  BestTilings tilings;
  return arrange(graph, plan_layers(graph), config, tilings);
}

Arrangement arrange(const Graph& graph, const std::vector<LayerPlan>& plans, const PlatformConfig& config,
                    BestTilings& tilings) {
  LayerCosts costs(config, tilings);
  Arrangement best = arrange(graph, config, plans, costs);
  const ShortcutFusion choice = config.schedule.fuse_shortcuts;
  if (choice == ShortcutFusion::off) return best;
  for (const Shortcut& shortcut : shortcuts(graph, plans)) {
    Arrangement fused = arrange(graph, config, fuse(best.plans, shortcut), costs);
    if (choice == ShortcutFusion::on || fused.cycles < best.cycles) best = std::move(fused);
  }
  return best;
}

}  // namespace ernsim::compiler
