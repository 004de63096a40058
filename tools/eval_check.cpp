#include "tools/eval_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "evaluation/scores.h"
#include "simulation/forked.h"
#include "simulation/result.h"

namespace ernsim::tools {

namespace {

using evaluation::Executor;
using workloads::NodeKind;

/// Compares what the simulation has of a picture with what the executor gives.
class Comparison {
 public:
  Comparison(std::string picture, const Executor& executor, const workloads::Graph& graph, const TensorDump& dump)
      : picture_(std::move(picture)), executor_(executor), graph_(graph), dump_(dump) {}

  /// Every tensor of the graph that the hardware has as a whole.
  void tensors() {
    for (std::size_t n = 0; n < graph_.nodes.size(); ++n) {
      const auto kind = graph_.nodes[n].kind;
      if (kind == NodeKind::activation || kind == NodeKind::code_input ||
          (kind == NodeKind::pixel_embedding && dump_.pixels_not_embedded() == 0))
        compare(n, dump_.code_tensors(), executor_.codes(n));
      const bool repeated = kind == NodeKind::upsampling, codes = is_codes(graph_, static_cast<int>(n));
      if (repeated && codes) compare(n, dump_.code_tensors(), executor_.codes(n));
      if ((repeated && !codes) || is_summed_up(n) ||
          (kind == NodeKind::convolution && dump_.sum_tensors().count(graph_.nodes[n].name) != 0))
        compare(n, dump_.sum_tensors(), executor_.sums(n));
    }
  }
  void logits(const std::vector<double>& ours, const std::vector<float>& simulated) {
    if (ours.size() != simulated.size())
      throw std::runtime_error(
          fmt::format("{}: {} logits, {} in the cycle simulation", picture_, ours.size(), simulated.size()));
    for (std::size_t c = 0; c < ours.size(); ++c, ++compared_)
      if (static_cast<float>(ours[c]) != simulated[c])
        throw std::runtime_error(fmt::format("{}: logit {} is {}, {} in the cycle simulation", picture_, c,
                                             static_cast<float>(ours[c]), simulated[c]));
  }
  std::int64_t compared() const { return compared_; }

 private:
  /// Whether a sum goes into the next one: what only becomes codes is in no memory.
  bool is_summed_up(std::size_t n) const {
    const auto reads = [n](const workloads::Node& node) {
      return node.kind == NodeKind::add && std::count(node.inputs.begin(), node.inputs.end(), static_cast<int>(n)) != 0;
    };
    return graph_.nodes[n].kind == NodeKind::add && std::any_of(graph_.nodes.begin(), graph_.nodes.end(), reads);
  }

  template <class Simulated, class Map>
  void compare(std::size_t n, const std::map<std::string, Tensor<Simulated>>& dump, const Map& map) {
    const auto& [name, out] = std::tie(graph_.nodes[n].name, graph_.nodes[n].out);
    const auto found = dump.find(name);
    const auto width = static_cast<std::size_t>(out.width), pixels = static_cast<std::size_t>(out.height) * width;
    if (found == dump.end() || found->second.values.size() != static_cast<std::size_t>(out.channels) * pixels)
      throw std::runtime_error(fmt::format("{}: the cycle simulation has not the whole of {}", picture_, name));
    const auto& values = found->second.values;
    for (std::size_t i = 0; i < values.size(); ++i, ++compared_)
      if (map.value(i / pixels, i % pixels) != values[i])
        throw std::runtime_error(fmt::format("{}: {} is {} at [{},{},{}], {} in the cycle simulation", picture_, name,
                                             map.value(i / pixels, i % pixels), i / pixels, i % pixels / width,
                                             i % width, values[i]));
  }

  std::string picture_;
  const Executor& executor_;
  const workloads::Graph& graph_;
  const TensorDump& dump_;
  std::int64_t compared_ = 0;
};

/// Values compared of one view, as text: this runs in a process of its own.
std::string check_view(Job job, const evaluation::Evaluation& evaluation, const std::string& name) {
  const evaluation::PreparedNetwork keeping(job.network, evaluation.network.accumulator_bits(), true);
  Executor with_maps(keeping), evaluating(evaluation.network);
  const evaluation::Outcome& outcome = evaluating.run(job.image);
  if (with_maps.run(job.image).class_sums != outcome.class_sums)
    throw std::runtime_error(fmt::format("{}: its class sums depend on which maps are kept", name));
  job.collect.tensors = true;
  const CompiledJob compiled = ernsim::compiled(std::move(job));
  const Result result = simulated(compiled);
  Comparison comparison(name, with_maps, keeping.graph(), *result.tensors);
  comparison.tensors();
  comparison.logits(evaluation::logits_of(evaluation.network, outcome, 1), result.run.logits);
  return std::to_string(comparison.compared());
}

}  // namespace

std::int64_t cross_check(const Job& job, const evaluation::Evaluation& evaluation, std::size_t images) {
  const std::size_t views = evaluation.preprocessing.ten_crop ? 10 : 1;
  const auto texts = map_forked(images * views, default_jobs(), [&](std::size_t i) {
    const std::size_t index = i / views;
    const std::string name = evaluation.data.name(index);
    Job view = job;
    view.image = evaluation::views_of(evaluation, index)[i % views];
    return check_view(std::move(view), evaluation, name);
  });
  std::int64_t compared = 0;
  for (const std::string& text : texts) compared += std::stoll(text);
  return compared;
}

}  // namespace ernsim::tools
