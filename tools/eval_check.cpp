#include "tools/eval_check.h"

#include <fmt/format.h>

#include <stdexcept>

#include "evaluation/scores.h"
#include "simulation/forked.h"
#include "simulation/result.h"

namespace ernsim::tools {

namespace {

using evaluation::block_channels;
using evaluation::Executor;

int value_at(const evaluation::CodeMap& codes, std::size_t channel, std::size_t pixel) {
  const auto* word = &codes.planes[2 * (channel / block_channels * codes.size.pixels() + pixel)];
  const std::size_t bit = channel % block_channels;
  return static_cast<int>((word[0] >> bit & 1U) + 2 * (word[1] >> bit & 1U));
}

int value_at(const evaluation::SumMap& sums, std::size_t channel, std::size_t pixel) {
  return sums
      .values[(channel / block_channels * sums.size.pixels() + pixel) * block_channels + channel % block_channels];
}

/// Compares what the simulation has of a picture with what the executor gives.
class Comparison {
 public:
  Comparison(std::string picture, const Executor& executor, const workloads::Graph& graph)
      : picture_(std::move(picture)), executor_(executor), graph_(graph) {}

  void codes(const TensorDump& dump) {
    for (const auto& [name, tensor] : dump.code_tensors()) {
      if (name == "pixel_embedding" && dump.pixels_not_embedded() > 0) continue;
      compare(name, tensor, executor_.codes(node(name)));
    }
  }
  void sums(const TensorDump& dump) {
    for (const auto& [name, tensor] : dump.sum_tensors()) compare(name, tensor, executor_.sums(node(name)));
  }
  void logits(const std::vector<double>& ours, const std::vector<float>& simulated) {
    for (std::size_t c = 0; c < ours.size(); ++c, ++compared_)
      if (static_cast<float>(ours[c]) != simulated.at(c))
        throw std::runtime_error(fmt::format("{}: logit {} is {}, {} in the cycle simulation", picture_, c,
                                             static_cast<float>(ours[c]), simulated[c]));
  }
  std::int64_t compared() const { return compared_; }

 private:
  std::size_t node(const std::string& name) const {
    for (std::size_t n = 0; n < graph_.nodes.size(); ++n)
      if (graph_.nodes[n].name == name) return n;
    throw std::runtime_error(fmt::format("{}: the cycle simulation has a tensor {} of no node", picture_, name));
  }

  template <class Simulated, class Map>
  void compare(const std::string& name, const Tensor<Simulated>& tensor, const Map& map) {
    const std::size_t pixels = tensor.height * tensor.width;
    for (std::size_t i = 0; i < tensor.values.size(); ++i, ++compared_)
      if (value_at(map, i / pixels, i % pixels) != tensor.values[i])
        throw std::runtime_error(fmt::format("{}: {} is {} at [{},{},{}], {} in the cycle simulation", picture_, name,
                                             value_at(map, i / pixels, i % pixels), i / pixels,
                                             i % pixels / tensor.width, i % tensor.width, tensor.values[i]));
  }

  std::string picture_;
  const Executor& executor_;
  const workloads::Graph& graph_;
  std::int64_t compared_ = 0;
};

/// Values compared of one view, as text: this runs in a process of its own.
std::string check_view(Job job, const evaluation::Evaluation& evaluation, const std::string& name) {
  const evaluation::PreparedNetwork network(job.network, evaluation.network.accumulator_bits(), true);
  Executor executor(network);
  const auto logits = evaluation::logits_of(network, executor.run(job.image), 1);
  job.collect.tensors = true;
  const CompiledJob compiled = ernsim::compiled(std::move(job));
  const Result result = simulated(compiled);
  Comparison comparison(name, executor, network.graph());
  comparison.codes(*result.tensors);
  comparison.sums(*result.tensors);
  comparison.logits(logits, result.run.logits);
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
