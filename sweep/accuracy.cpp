#include "sweep/accuracy.h"

#include <fmt/format.h>

#include <algorithm>

#include "sweep/point_job.h"

namespace ernsim {

namespace {

constexpr int fewest_bits = 8;  ///< of memory.accumulator_bits

const std::string bits_setting = "memory.accumulator_bits=";

}  // namespace

int bits_that_count(const SweepDefinition& definition, const SweepPoint& point) {
  auto bits = static_cast<int>(definition.base.accelerator.memory.accumulator_bits);
  for (const std::string& each : point.settings)
    if (each.rfind(bits_setting, 0) == 0) bits = std::stoi(each.substr(bits_setting.size()));
  return std::min(bits, std::max(accumulator_bits_needed(definition, point), fewest_bits));
}

std::string accuracy_key(const SweepDefinition& definition, const SweepPoint& point) {
  return fmt::format("{} {}", selection_text(point), bits_that_count(definition, point));
}

SweepAccuracy accuracy_of(const SweepDefinition& definition, const SweepPoint& point) {
  const AccuracyPlan& plan = definition.accuracy;
  if (const auto network = plan.given.find(point.network); network != plan.given.end())
    if (const auto size = network->second.find(point.input_size); size != network->second.end()) return size->second;
  if (!plan.evaluation) return {};
  if (!definition.own.has_weights(point.network)) return {std::nan(""), "not evaluated: has no weights of its own"};
  const auto found = definition.evaluated.find(accuracy_key(definition, point));
  return found == definition.evaluated.end() ? SweepAccuracy{} : found->second;
}

}  // namespace ernsim
