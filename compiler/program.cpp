#include "compiler/program.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/compile.h"
#include "compiler/packing.h"

namespace ernsim::compiler {

namespace {

using workloads::IntegerNetwork;
using workloads::Node;

std::size_t node_named(const IntegerNetwork& network, const std::string& name) {
  const auto& nodes = network.graph.nodes;
  const auto found = std::find_if(nodes.begin(), nodes.end(), [&name](const Node& node) { return node.name == name; });
  if (found == nodes.end())
    throw CompileError(fmt::format("the schedule's {} is not in network {}", name, network.graph.network));
  return static_cast<std::size_t>(found - nodes.begin());
}

void require_same(const Layer& layer, const IntegerNetwork& network) {
  const Node& node = network.graph.nodes[node_named(network, layer.name)];
  const bool same = node.kernel == layer.kernel && node.stride == layer.stride &&
                    node.out.channels == layer.out_channels && node.out.height == layer.out_height &&
                    node.out.width == layer.out_width;
  if (!same)
    throw CompileError(fmt::format(
        "the schedule's layer {} is {}x{}x{}, the network's is {}x{}x{} (channels, height, width)", layer.name,
        layer.out_channels, layer.out_height, layer.out_width, node.out.channels, node.out.height, node.out.width));
}

void require_size(const Region& region, std::size_t bytes) {
  if (region.bytes != bytes)
    throw CompileError(
        fmt::format("the schedule's region {} has {} bytes, the network needs {}", region.name, region.bytes, bytes));
}

/// The codes of green and blue are then 0, and so is what their channels add.
std::vector<std::uint8_t> grey_as_red(const workloads::Image& image) {
  std::vector<std::uint8_t> bytes(image.bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += 3) bytes[at] = image.bytes[at];
  return bytes;
}

/// Channels of a convolution's input as the hardware has them.
int channels_into(const workloads::Graph& graph, const Node& convolution) {
  const Node& in = graph.nodes[static_cast<std::size_t>(convolution.inputs.at(0))];
  return in.kind == workloads::NodeKind::pixel_embedding ? embedded_channels(graph) : in.out.channels;
}

std::vector<std::uint8_t> contents(const Region& region, const Schedule& schedule, const IntegerNetwork& network,
                                   const workloads::Image& image, const PlatformConfig& config) {
  const auto& array = config.accelerator.convolution;
  const ArrayGeometry geometry = geometry_of(array);
  if (region.kind == RegionKind::image) return network.graph.colours == 1 ? grey_as_red(image) : image.bytes;
  if (region.kind == RegionKind::input) return pack_codes(image, schedule.block_channels);
  if (region.kind == RegionKind::weights) {
    const std::size_t node = node_named(network, region.name);
    const Node& convolution = network.graph.nodes[node];
    return pack_weights(network.weights[node], schedule.block_channels, weights_geometry(convolution, geometry),
                        channels_into(network.graph, convolution));
  }
  const auto layer = std::find_if(schedule.layers.begin(), schedule.layers.end(),
                                  [&region](const Layer& each) { return each.name == region.name; });
  if (layer == schedule.layers.end()) throw CompileError(fmt::format("no layer for thresholds {}", region.name));
  return pack_thresholds(network.thresholds[node_named(network, layer->codes)], schedule.block_channels);
}

/// Nothing if no convolution is pooled.
void place_logits(const Schedule& schedule, const IntegerNetwork& network, Program& program) {
  const auto& nodes = network.graph.nodes;
  const auto pool = std::find_if(nodes.begin(), nodes.end(),
                                 [](const Node& node) { return node.kind == workloads::NodeKind::average_pool; });
  if (pool == nodes.end()) return;
  const Node& pooled = nodes[static_cast<std::size_t>(pool->inputs.at(0))];
  program.logit_scale = network.logit_scale;
  program.logits_height = pooled.out.height;
  program.logits_width = pooled.out.width;
  for (const Region& region : schedule.regions)
    if (region.kind == RegionKind::sums && region.name == pooled.name) program.logits_address = region.address;
}

}  // namespace

Program make_program(const Schedule& schedule, const IntegerNetwork& network, const workloads::Image& image,
                     const PlatformConfig& config, bool data) {
  if (schedule.layers.empty()) throw CompileError("the schedule has no layers");
  for (const Layer& layer : schedule.layers) require_same(layer, network);
  Program program;
  program.external_bytes = schedule.external_bytes;
  program.streams = schedule.streams;
  program.semaphore_initial = schedule.semaphore_initial;
  program.layer_count = schedule.layers.size();
  program.embedding = network.graph.embedding;
  if (!reads_codes(network.graph)) {  // a driver writes pictures, and no codes
    program.input_height = static_cast<std::uint32_t>(network.graph.input_height);
    program.input_width = static_cast<std::uint32_t>(network.graph.input_width);
  }
  for (const Region& region : schedule.regions) {
    const bool read = region.kind == RegionKind::image || region.kind == RegionKind::input;
    if (read) program.input_address = region.address;
    const bool input = read || region.kind == RegionKind::weights || region.kind == RegionKind::thresholds;
    for (const UnitId unit : each<UnitId>())
      if (region.kind == RegionKind::instructions && region.name == name_of(unit))
        program.stream_address[unit] = region.address;
    if (!input || !data) continue;
    program.contents.push_back({region.address, contents(region, schedule, network, image, config)});
    require_size(region, program.contents.back().bytes.size());
  }
  place_logits(schedule, network, program);
  return program;
}

}  // namespace ernsim::compiler
