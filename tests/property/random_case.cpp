#include "tests/property/random_case.h"

#include <initializer_list>

#include "compiler/schedule_check.h"
#include "workloads/networks.h"

namespace ernsim::test {

namespace {

using workloads::ConvolutionRole;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}

  bool chance(int percent) { return integer(0, 99) < percent; }
  std::int64_t integer(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  template <class Value>
  Value one_of(std::initializer_list<Value> values) {
    return *(values.begin() + integer(0, static_cast<std::int64_t>(values.size()) - 1));
  }

 private:
  std::mt19937_64 random_;
};

/// A chain of residual blocks behind a stem, like an ERN but smaller and of any width.
class RandomNetwork {
 public:
  explicit RandomNetwork(Draw& draw) : draw_(draw) {}

  Graph build() {
    graph_.network = "random";
    graph_.stem = "other";
    graph_.thermometer = static_cast<int>(draw_.one_of<int>({10, 21, 32}));
    graph_.embedding = workloads::thermometer(graph_.thermometer);
    int node = push(NodeKind::pixel_embedding, {}, 3 * graph_.thermometer);
    node = convolution(node, width(), 3, 2, ConvolutionRole::activation);
    if (draw_.chance(50)) node = convolution(activation(node), width(), 1, 1, ConvolutionRole::activation);
    const auto blocks = draw_.integer(1, 2);
    for (std::int64_t i = 0; i < blocks; ++i) node = block(node, i == 0 || draw_.chance(40));
    node = convolution(activation(node), static_cast<int>(draw_.integer(1, 200)), 1, 1, ConvolutionRole::logits);
    push(NodeKind::average_pool, {node}, 0);
    return workloads::resized(graph_, static_cast<int>(32 * draw_.one_of<int>({1, 1, 2})), static_cast<int>(32 * draw_.one_of<int>({1, 1, 2})));
  }

 private:
  int width() { return static_cast<int>(64 * draw_.one_of<int>({1, 1, 2})); }

  int push(NodeKind kind, std::vector<int> inputs, int channels) {
    Node node;
    node.kind = kind;
    node.name = "n" + std::to_string(graph_.nodes.size());
    node.inputs = std::move(inputs);
    node.out.channels = channels;
    graph_.nodes.push_back(std::move(node));
    return static_cast<int>(graph_.nodes.size()) - 1;
  }
  Node& at(int index) { return graph_.nodes[static_cast<std::size_t>(index)]; }

  int convolution(int input, int channels, int kernel, int stride, ConvolutionRole role) {
    const int made = push(NodeKind::convolution, {input}, channels);
    at(made).kernel = kernel;
    at(made).stride = stride;
    at(made).padding = kernel / 2;
    at(made).role = role;
    return made;
  }
  int activation(int input) { return push(NodeKind::activation, {input}, at(input).out.channels); }

  int block(int input, bool changes) {
    const int channels = changes ? width() : at(input).out.channels, stride = changes && draw_.chance(50) ? 2 : 1;
    int node = activation(input), residual = input;
    if (changes) residual = convolution(node, channels, 1, stride, ConvolutionRole::residual);
    node = convolution(node, width(), draw_.chance(50) ? 3 : 1, stride, ConvolutionRole::activation);
    node = convolution(activation(node), channels, draw_.chance(50) ? 3 : 1, 1, ConvolutionRole::residual);
    return push(NodeKind::add, {node, residual}, channels);
  }

  Draw& draw_;
  Graph graph_;
};

void draw_array(Draw& draw, AcceleratorConfig& a) {
  a.clock_mhz = static_cast<double>(draw.integer(40, 400)) + 0.5 * static_cast<double>(draw.integer(0, 1));
  a.convolution.block_channels = draw.one_of<std::int64_t>({16, 32, 64, 64});
  a.convolution.lanes = draw.integer(1, 4);
  a.convolution.lane_mapping = draw.one_of({LaneMapping::kernel_columns, LaneMapping::pixels});
  a.convolution.issue_cycles = draw.integer(0, 6);
  a.convolution.pipeline_cycles = draw.integer(1, 40);
  a.convolution.pane_load_cycles = draw.one_of<std::int64_t>({0, 1, 17, 90});
  a.quantization.issue_cycles = draw.integer(0, 6);
  a.quantization.pipeline_cycles = draw.integer(1, 20);
  a.pixel_embedding.pixels_per_cycle = draw.integer(1, 8);
  a.control.queue_depth = draw.one_of<std::int64_t>({4, 5, 16, 64});
  a.control.semaphore_cycles = draw.integer(1, 9);
}

void draw_memories(Draw& draw, AcceleratorConfig& a) {
  a.memory.activations_words = draw.one_of<std::int64_t>({400, 1000, 4096, 30000});
  a.memory.weights_words = draw.one_of<std::int64_t>({192, 500, 1024, 8192}) * a.convolution.block_channels / 16;
  a.memory.thresholds_entries = draw.one_of<std::int64_t>({1, 3, 32});
  a.memory.accumulators_words = draw.one_of<std::int64_t>({16, 100, 2048});
  a.memory.residuals_words = draw.one_of<std::int64_t>({16, 90, 1024});
  a.memory.results_words = draw.one_of<std::int64_t>({16, 80, 1024});
  a.dma.issue_cycles = draw.integer(0, 9);
  a.dma.max_outstanding = draw.integer(1, 16);
  a.dma.max_burst_beats = draw.integer(1, 16);
  a.dma.pack_sums = draw.chance(50);
}

void draw_outside(Draw& draw, PlatformConfig& config) {
  auto& i = config.interconnect;
  i.port_width_bytes = draw.one_of<std::int64_t>({8, 16, 32, 64});
  i.residual_width_bytes = draw.one_of<std::int64_t>({8, 16, 64});
  i.read_latency_ns = static_cast<double>(draw.integer(0, 400));
  i.write_latency_ns = static_cast<double>(draw.integer(0, 200));
  i.port_outstanding = draw.integer(1, 20);
  for (auto* port : {&i.port_of_load_activations, &i.port_of_load_weights, &i.port_of_load_thresholds,
                     &i.port_of_load_residuals, &i.port_of_store, &i.port_of_control})
    *port = draw.integer(0, 3);
  auto& d = config.dram;
  d.part = draw.one_of({DramPart::kv260_x16, DramPart::generic_x8});
  d.page_policy = draw.one_of({PagePolicy::open, PagePolicy::closed});
  d.scheduler = draw.one_of({DramScheduler::fcfs, DramScheduler::fr_fcfs});
  d.mapping = draw.one_of({AddressMapping::row_bank_column, AddressMapping::row_column_bank, AddressMapping::row_bank_column_bank_group});
  d.queue_depth = draw.one_of<std::int64_t>({1, 2, 7, 32});
  d.refresh = draw.chance(80);
  config.host.interrupt_latency_us = static_cast<double>(draw.integer(0, 3));
  config.host.pooling_ns_per_value = 0.01;
}

}  // namespace

RandomCase random_case(std::uint64_t seed) {
  Draw draw(seed);
  RandomCase made;
  made.seed = seed;
  made.graph = RandomNetwork(draw).build();
  draw_array(draw, made.config.accelerator);
  draw_memories(draw, made.config.accelerator);
  draw_outside(draw, made.config);
  made.frames = static_cast<int>(draw.one_of<int>({1, 1, 1, 2}));
  made.data = draw.chance(30);
  validate(made.config);
  compiler::TilingChooser chooser;
  if (draw.chance(70))
    chooser = [&draw](const compiler::LayerShape&, const std::vector<compiler::Tiling>& possible) {
      // Mostly among the larger tiles: the smallest ones take very long.
      const auto last = static_cast<std::int64_t>(possible.size()) - 1;
      return static_cast<std::size_t>(draw.integer(0, draw.chance(80) ? last / 2 : last));
    };
  made.schedule = compiler::compile(made.graph, made.config, chooser);
  compiler::check(made.schedule, made.config);
  return made;
}

}  // namespace ernsim::test
