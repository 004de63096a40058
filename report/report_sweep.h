#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace ernsim {

/// What a report shows of the sweep in an SQLite file: axes, points, Pareto front, sensitivity. Throws UserError if the
/// file is no sweep of this program.
nlohmann::ordered_json load_sweep_report(const std::string& path);

}  // namespace ernsim
