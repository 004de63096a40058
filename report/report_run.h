#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace ernsim {

/// Reads the JSON of a run, as `ernsim run --json` writes it. Throws UserError naming the file and what is wrong with
/// it: everything that a report shows is there, and of the right type.
nlohmann::ordered_json load_run(const std::string& path);

/// The same of many files.
std::vector<nlohmann::ordered_json> load_runs(const std::vector<std::string>& paths);

/// As many runs are compared at most.
inline constexpr std::size_t most_diffed_runs = 26;

}  // namespace ernsim
