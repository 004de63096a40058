#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace ernsim {

/// Reads the JSON of a run, as `ernsim run --json` writes it. Throws UserError naming the file and what is wrong with
/// it: everything that a report shows is there, and of the right type.
nlohmann::ordered_json load_run(const std::string& path);

}  // namespace ernsim
