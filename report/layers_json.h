#pragma once

#include <nlohmann/json.hpp>

#include "simulation/run_report.h"

namespace ernsim {

/// Cycles by cause.
nlohmann::ordered_json stalls_json(const EnumArray<StallCause, Cycle>& stalled);

/// Multiplier-cycles by use, and the shares of all of them.
nlohmann::ordered_json slots_json(const ArraySlots& slots);
nlohmann::ordered_json slot_shares_json(const ArraySlots& slots);

/// Lists in the order of the run.
nlohmann::ordered_json layers_json(const RunReport& report);
nlohmann::ordered_json stages_json(const RunReport& report);
/// The network's nodes, each with the layer that it is, or null.
nlohmann::ordered_json nodes_json(const RunReport& report);

}  // namespace ernsim
