#pragma once

#include <nlohmann/json.hpp>

#include "sweep/answer.h"
#include "sweep/front.h"

namespace ernsim {

/// What is said of a group; network and input size are null if it has several of them.
inline nlohmann::ordered_json answer_json(const SweepReading& sweep, const SweepGroup& group, const SweepGoals& goals) {
  const auto named = [](const std::string& name) {
    return name.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(name);
  };
  return {{"network", named(group.network)},
          {"input_size", named(group.input_size)},
          {"sentences", answer_of(part_of(sweep, group), goals)}};
}

}  // namespace ernsim
