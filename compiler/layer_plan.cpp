#include "compiler/layer_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/compile.h"

namespace ernsim::compiler {

namespace {

using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

std::vector<int> consumers(const Graph& graph, int node, NodeKind kind) {
  std::vector<int> found;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const auto& inputs = graph.nodes[i].inputs;
    if (graph.nodes[i].kind == kind && std::find(inputs.begin(), inputs.end(), node) != inputs.end())
      found.push_back(static_cast<int>(i));
  }
  return found;
}

int first_activation(const Graph& graph, int node) {
  const auto found = consumers(graph, node, NodeKind::activation);
  return found.empty() ? -1 : found.front();
}

/// When a node's values are there: those of an upsampling with what it repeats.
int ready(const Graph& graph, int node) { return workloads::origin_of(graph, node); }

int last_ready(const Graph& graph, const std::vector<int>& inputs) {
  return *std::max_element(inputs.begin(), inputs.end(),
                           [&graph](int a, int b) { return ready(graph, a) < ready(graph, b); });
}

void require_repeatable(const Graph& graph, int upsampling) {
  const auto at = [&graph](int index) -> const Node& { return graph.nodes[static_cast<std::size_t>(index)]; };
  const Node& from = at(at(upsampling).inputs.at(0));
  if (from.kind == NodeKind::upsampling || from.kind == NodeKind::pixel_embedding || from.kind == NodeKind::code_input)
    throw CompileError(
        fmt::format("{}: upsamples {}; codes of activations, convolutions and sums are repeated, on "
                    "their way to external memory",
                    at(upsampling).name, from.name));
  const NodeKind wanted = workloads::is_codes(graph, upsampling) ? NodeKind::convolution : NodeKind::add;
  for (const Node& reader : graph.nodes)
    if (std::find(reader.inputs.begin(), reader.inputs.end(), upsampling) != reader.inputs.end() &&
        reader.kind != wanted)
      throw CompileError(
          fmt::format("{}: reads {}, which is upsampled; codes are repeated for convolutions, sums for "
                      "other sums",
                      reader.name, at(upsampling).name));
}

/// The quantization unit gives one result of a convolution: its own, or a sum that it completes.
void require_one_use(const Graph& graph, int convolution) {
  const std::size_t uses = consumers(graph, convolution, NodeKind::add).size() +
                           consumers(graph, convolution, NodeKind::activation).size() +
                           consumers(graph, convolution, NodeKind::average_pool).size() +
                           consumers(graph, convolution, NodeKind::upsampling).size();
  if (uses > 1)
    throw CompileError(
        fmt::format("{}: completes a sum and is read {} times; whoever completes a sum may be read by it alone",
                    graph.nodes[static_cast<std::size_t>(convolution)].name, uses));
}

/// Each add is completed by the convolution that comes last of what it adds.
void require_completed(const Graph& graph) {
  for (const Node& add : graph.nodes) {
    if (add.kind != NodeKind::add) continue;
    const Node& last = graph.nodes[static_cast<std::size_t>(last_ready(graph, add.inputs))];
    if (last.kind != NodeKind::convolution)
      throw CompileError(
          fmt::format("{}: {}, which comes last of what it adds, is no convolution, and only one completes "
                      "a sum",
                      add.name, last.name));
  }
}

/// The add that this convolution completes: its other operand is computed before it.
int completed_add(const Graph& graph, int convolution) {
  for (const int add : consumers(graph, convolution, NodeKind::add)) {
    const auto& inputs = graph.nodes[static_cast<std::size_t>(add)].inputs;
    if (last_ready(graph, inputs) == convolution) return add;
  }
  return -1;
}

/// `result`: of the quantization unit, in front of its thresholds.
void plan_repetitions(const Graph& graph, int result, LayerPlan& layer) {
  layer.repeated_sums = consumers(graph, result, NodeKind::upsampling);
  if (layer.codes < 0) return;
  layer.repeated_codes = consumers(graph, layer.codes, NodeKind::upsampling);
  layer.codes_read = layer.repeated_codes.empty() || !consumers(graph, layer.codes, NodeKind::convolution).empty();
}

LayerPlan plan_layer(const Graph& graph, int convolution) {
  LayerPlan layer;
  layer.convolution = convolution;
  layer.input = graph.nodes[static_cast<std::size_t>(convolution)].inputs.at(0);
  const int add = completed_add(graph, convolution);
  if (add >= 0) {
    require_one_use(graph, convolution);
    const auto& inputs = graph.nodes[static_cast<std::size_t>(add)].inputs;
    layer.residual = inputs[0] == convolution ? inputs[1] : inputs[0];
    layer.codes = first_activation(graph, add);
    const bool kept =
        !consumers(graph, add, NodeKind::add).empty() || !consumers(graph, add, NodeKind::average_pool).empty();
    if (kept) layer.sums = add;
    plan_repetitions(graph, add, layer);
    return layer;
  }
  layer.codes = first_activation(graph, convolution);
  plan_repetitions(graph, convolution, layer);
  const bool kept = !consumers(graph, convolution, NodeKind::add).empty() ||
                    !consumers(graph, convolution, NodeKind::average_pool).empty() ||
                    (layer.codes < 0 && layer.repeated_sums.empty());
  if (kept) layer.sums = convolution;
  return layer;
}

/// Those that read what the layer's own one reads.
std::vector<LayerPlan> further_activations(const Graph& graph, const LayerPlan& layer) {
  std::vector<LayerPlan> further;
  if (layer.codes < 0) return further;
  const int read = graph.nodes[static_cast<std::size_t>(layer.codes)].inputs.at(0);
  for (const int activation : consumers(graph, read, NodeKind::activation)) {
    if (activation == layer.codes) continue;
    further.push_back(layer);
    further.back().codes = activation;
    plan_repetitions(graph, read, further.back());
    further.back().sums = -1;
    further.back().repeated_sums.clear();
    further.back().again = true;
  }
  return further;
}

}  // namespace

std::vector<LayerPlan> plan_layers(const Graph& graph) {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i].kind == NodeKind::upsampling) require_repeatable(graph, static_cast<int>(i));
  require_completed(graph);
  std::vector<LayerPlan> layers;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i].kind == NodeKind::convolution) {
      layers.push_back(plan_layer(graph, static_cast<int>(i)));
      for (const LayerPlan& each : further_activations(graph, layers.back())) layers.push_back(each);
    }
  return layers;
}

int given_sums(const Graph& graph, const LayerPlan& layer) {
  if (layer.again) return -1;
  if (layer.sums < 0 && !layer.repeated_sums.empty())
    return graph.nodes[static_cast<std::size_t>(layer.repeated_sums[0])].inputs.at(0);
  if (layer.sums >= 0 || layer.residual < 0 || layer.codes < 0) return layer.sums;
  return graph.nodes[static_cast<std::size_t>(layer.codes)].inputs.at(0);
}

std::vector<Shortcut> shortcuts(const Graph& graph, const std::vector<LayerPlan>& layers) {
  std::vector<Shortcut> found;
  for (const LayerPlan& layer : layers) {
    if (layer.residual < 0 || layer.again) continue;
    const Node& branch = graph.nodes[static_cast<std::size_t>(layer.residual)];
    const bool only_added = consumers(graph, layer.residual, NodeKind::add).size() == 1 &&
                            consumers(graph, layer.residual, NodeKind::upsampling).empty() &&
                            first_activation(graph, layer.residual) < 0;
    if (branch.kind == NodeKind::convolution && only_added) found.push_back({layer.residual, layer.convolution});
  }
  return found;
}

std::vector<LayerPlan> fuse(std::vector<LayerPlan> layers, const Shortcut& shortcut) {
  const auto layer_of = [&layers](int convolution) {
    return std::find_if(layers.begin(), layers.end(),
                        [convolution](const LayerPlan& layer) { return layer.convolution == convolution; });
  };
  const auto first = layer_of(shortcut.convolution), second = layer_of(shortcut.completed_by);
  first->fused = true;
  first->sums = -1;
  std::rotate(first, first + 1, second);
  return layers;
}

}  // namespace ernsim::compiler
