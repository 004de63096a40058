#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace ernsim {

/// JSON as text: one line per entry, but lists of plain values, and short objects, on one line. What is not UTF-8 is
/// replaced. The same value gives the same bytes.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace ernsim
