#pragma once

#include <nlohmann/json.hpp>

#include "sweep/state.h"

namespace ernsim {

/// How far a sweep has come, in numbers and sentences; null where it is not known.
inline nlohmann::ordered_json state_json(const SweepState& state) {
  const auto own = state.own();
  nlohmann::ordered_json json{{"finished", state.finished}};
  json["planned"] = own ? nlohmann::ordered_json(*own) : nlohmann::ordered_json();
  json["missing"] = own ? nlohmann::ordered_json(state.missing()) : nlohmann::ordered_json();
  json["shard"] = state.shard;
  json["at_work"] = state.at_work;
  json["sentences"] = state_sentences(state);
  return json;
}

}  // namespace ernsim
