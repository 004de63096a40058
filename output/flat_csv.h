#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace ernsim {

/// Every value of a JSON text as a line `path,value`, the path a JSON pointer as in /layers/0/cycles.
std::string flat_csv(const nlohmann::ordered_json& json);

/// A field of a CSV file, quoted as RFC 4180 asks where it must be.
std::string csv_field(const std::string& text);

}  // namespace ernsim
