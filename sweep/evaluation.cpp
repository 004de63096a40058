#include "sweep/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "config/user_error.h"
#include "evaluation/evaluate.h"
#include "evaluation/scores.h"
#include "sweep/accuracy.h"
#include "sweep/evaluation_log.h"
#include "sweep/progress.h"

namespace ernsim {

namespace {

using evaluation::Evaluation;
using evaluation::Outcome;

std::size_t count_right(const Evaluation& evaluation, std::size_t threads, const std::string& what) {
  SweepProgress progress(evaluation.images, "pictures of " + what);
  std::size_t right = 0;
  evaluation::evaluate(evaluation, threads, nullptr, [&](std::size_t index, const Outcome& outcome) {
    const auto logits = evaluation::logits_of(evaluation.network, outcome, evaluation.preprocessing.ten_crop ? 10 : 1);
    right += evaluation::rank_of(logits, static_cast<std::size_t>(evaluation.data.label(index))) == 0 ? 1 : 0;
    progress.step();
  });
  return right;
}

/// One network at one input size with accumulators of so many bits.
FinishedEvaluation finished(const SweepDefinition& definition, const SweepPoint& point, EvaluationLog& log,
                            std::size_t threads) {
  const EvaluationPlan& plan = *definition.accuracy.evaluation;
  const auto [height, width] = sides_of(point.input_size);
  const int bits = bits_that_count(definition, point);
  const auto network = definition.own.trained(point.network, height, width);
  const evaluation::PreparedNetwork prepared(network, bits, false);
  const auto data = evaluation::open_dataset(plan.data, plan.labels, prepared.classes());
  const std::size_t pictures = plan.first == 0 ? data->size() : std::min(plan.first, data->size());
  const Evaluation evaluation{prepared, *data, plan.preprocessing, pictures};
  const std::uint64_t print = evaluation::fingerprint_of(network, evaluation);
  if (const auto* known = log.find(print); known != nullptr && known->pictures == pictures) return *known;
  FinishedEvaluation made{point.network, point.input_size, bits, 0, pictures};
  made.right = count_right(evaluation, threads, point.network);
  log.add(print, made);
  return made;
}

SweepAccuracy accuracy_of(const FinishedEvaluation& finished, const std::string& data) {
  return {static_cast<double>(finished.right) / static_cast<double>(finished.pictures),
          fmt::format("evaluated on {} pictures of {}", finished.pictures, data)};
}

/// One point for each accuracy that is to be found.
std::vector<SweepPoint> points_to_evaluate(const SweepDefinition& definition) {
  std::vector<std::string> bits{""};
  for (const SweepAxis& axis : definition.axes)
    if (axis.key == "memory.accumulator_bits") {
      bits.clear();
      for (const std::string& value : axis.values) bits.push_back(axis.key + "=" + value);
    }
  std::vector<SweepPoint> points;
  for (const std::string& network : definition.networks)
    for (const std::string& stem : definition.stems)
      for (const std::string& size : definition.input_sizes)
        for (const std::string& each : bits)
          if (definition.own.has_weights(network) && definition.accuracy.given.count(network) == 0)
            points.push_back({network, stem, size, each.empty() ? std::vector<std::string>{} : std::vector{each}});
  return points;
}

}  // namespace

void evaluate_networks(SweepDefinition& definition, const std::string& directory, std::size_t threads) {
  if (!definition.accuracy.evaluation) return;
  const auto points = points_to_evaluate(definition);
  if (points.empty()) return;
  EvaluationLog log((std::filesystem::path(directory) / "accuracy.csv").string());
  for (const SweepPoint& point : points) {
    const std::string key = accuracy_key(definition, point);
    if (definition.evaluated.count(key) == 0)
      definition.evaluated[key] =
          accuracy_of(finished(definition, point, log, threads), definition.accuracy.evaluation->data);
  }
}

}  // namespace ernsim
