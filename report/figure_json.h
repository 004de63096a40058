#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "simulation/run_report.h"

namespace ernsim {

/// A figure of simulation/figures.h as a run's JSON has it: null where it is not known.
nlohmann::ordered_json figure_json(const RunReport& run, const std::string& name);

/// Name, unit, meaning and the rest of every figure.
nlohmann::ordered_json figures_json();

}  // namespace ernsim
