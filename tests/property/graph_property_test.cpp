#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

#include "compiler/compile.h"
#include "config/user_error.h"
#include "simulation/forked.h"
#include "tests/property/random_graph.h"
#include "tests/property/random_platform.h"
#include "tests/support/simulation.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/reference_executor.h"

// Random networks on random platforms: every tensor is that of an executor that knows nothing of the hardware.
// ERNSIM_GRAPH_CASES: how many (default 40). ERNSIM_PROPERTY_SEED: the first seed (default 1).

using namespace ernsim;

namespace {

using workloads::NodeKind;

constexpr unsigned patience_seconds = 120;

struct Case {
  explicit Case(std::uint64_t seed) : draw(seed), config(test::random_platform(draw)), graph(test::random_graph(draw)) {
    constexpr std::int64_t most_panes = 7 * 7;
    auto& words = config.accelerator.memory.weights_words;
    if (draw.chance(80)) words = std::max(words, most_panes * config.accelerator.convolution.block_channels);
  }

  std::string description() const {
    std::ostringstream text;
    text << graph.colours << " colours, thermometer " << graph.thermometer << "\n";
    for (const auto& node : graph.nodes) {
      text << node.name << " kind " << static_cast<int>(node.kind) << " of";
      for (const int input : node.inputs) text << " n" << input;
      text << ": " << node.out.channels << "x" << node.out.height << "x" << node.out.width << " kernel " << node.kernel
           << " stride " << node.stride << " dilation " << node.dilation.rows << node.dilation.columns << " padding "
           << node.padding.top << node.padding.left << node.padding.bottom << node.padding.right << " repetition "
           << node.repetition << "\n";
    }
    return text.str() + test::to_toml(config);
  }

  test::Draw draw;
  PlatformConfig config;
  workloads::Graph graph;
};

bool is_summed_up_or_pooled(const workloads::Graph& graph, std::size_t n) {
  return std::any_of(graph.nodes.begin(), graph.nodes.end(), [n](const workloads::Node& node) {
    return (node.kind == NodeKind::add || node.kind == NodeKind::average_pool) &&
           std::count(node.inputs.begin(), node.inputs.end(), static_cast<int>(n)) != 0;
  });
}

/// Whether a run has to have the tensor of a node: all but sums that only become codes, and what F does not give.
bool is_due(const workloads::Graph& graph, const test::Simulated& run, std::size_t n) {
  const auto& node = graph.nodes[n];
  if (node.kind == NodeKind::convolution) return run.fused.count(node.name) == 0;
  if (node.kind == NodeKind::add) return is_summed_up_or_pooled(graph, n);
  return node.kind != NodeKind::average_pool;
}

/// Whether one of the outputs of a convolution reads that row, or column.
bool is_read(int at, const workloads::Node& convolution, int dilation, int padding, int outputs) {
  for (int o = 0; o < outputs; ++o)
    for (int tap = 0; tap < convolution.kernel; ++tap)
      if (o * convolution.stride + tap * dilation - padding == at) return true;
  return false;
}

/// Whether some convolution reads the pixel of that element of a node's tensor.
bool is_needed(const workloads::Graph& graph, std::size_t n, std::size_t element) {
  const int pixel = static_cast<int>(element) % (graph.nodes[n].out.height * graph.nodes[n].out.width);
  const int row = pixel / graph.nodes[n].out.width, column = pixel % graph.nodes[n].out.width;
  return std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const workloads::Node& node) {
    return node.kind == NodeKind::convolution && node.inputs[0] == static_cast<int>(n) &&
           is_read(row, node, node.dilation.rows, node.padding.top, node.out.height) &&
           is_read(column, node, node.dilation.columns, node.padding.left, node.out.width);
  });
}

/// Whether a tensor is the reference's. Pixels that nothing needs may not be embedded: then their codes are 0.
bool is_right(const workloads::Graph& graph, std::size_t n, const std::vector<std::int32_t>& found,
              const std::vector<std::int32_t>& expected) {
  const bool embedding = graph.nodes[n].kind == NodeKind::pixel_embedding;
  if (found.size() != expected.size()) return false;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i] != expected[i] && !(embedding && found[i] == 0 && !is_needed(graph, n, i))) return false;
  return true;
}

/// What of the run is not as the executor has it; "equal" if nothing.
std::string compared(const workloads::Graph& graph, const test::Simulated& run,
                     const workloads::ReferenceResult& expected) {
  std::string wrong;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const auto& node = graph.nodes[n];
    const std::string name = node.kind == NodeKind::pixel_embedding ? "pixel_embedding" : node.name;
    bool seen = false;
    for (const auto* tensors : {&run.tensors, &run.accumulators}) {
      const auto found = tensors->find(name);
      if (found == tensors->end()) continue;
      seen = true;
      if (!is_right(graph, n, found->second, expected.values[n])) wrong += name + " differs\n";
    }
    if (!seen && is_due(graph, run, n)) wrong += name + " is missing\n";
  }
  std::vector<float> logits;
  for (const double each : expected.logits) logits.push_back(static_cast<float>(each));
  if (run.result.logits != logits) wrong += "the logits differ\n";
  return wrong.empty() ? "equal" : wrong;
}

std::string outcome_of(std::uint64_t seed) {
  ::alarm(patience_seconds);
  const Case chosen(seed);
  const auto network = workloads::fold(chosen.graph, workloads::seeded_parameters(chosen.graph, seed));
  const auto image = workloads::generated_input(chosen.graph, seed);
  const int bits = static_cast<int>(chosen.config.accelerator.memory.accumulator_bits);
  try {
    const auto run = test::simulate(network, image, chosen.config);
    const std::string text = compared(chosen.graph, run, workloads::execute_reference(network, image, bits));
    return text == "equal" ? text : "seed " + std::to_string(seed) + ": " + text + chosen.description();
  } catch (const UserError& error) {
    return std::string("refused: ") + error.what();
  }
}

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("random networks give on random platforms what an executor without hardware gives") {
  const std::uint64_t first = setting("ERNSIM_PROPERTY_SEED", 1), cases = setting("ERNSIM_GRAPH_CASES", 40);
  std::size_t refused = 0;
  const auto outcomes = map_forked(cases, default_jobs(), [&](std::size_t i) {
    try {
      return outcome_of(first + i);
    } catch (const std::exception& error) {
      return "seed " + std::to_string(first + i) + " failed: " + error.what();
    }
  });
  for (const std::string& outcome : outcomes) {
    INFO(outcome);
    const bool is_refused = outcome.rfind("refused: ", 0) == 0;
    refused += is_refused ? 1 : 0;
    if (is_refused && std::getenv("ERNSIM_PROPERTY_VERBOSE") != nullptr) WARN(outcome);
    CHECK((is_refused ? outcome.find("does not fit: memory.") != std::string::npos : outcome == "equal"));
  }
  CHECK(3 * refused < cases);
}
