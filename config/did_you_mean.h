#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ernsim {

/// "; did you mean X?" with the nearest candidate (config/nearest.h); if none is near `otherwise`, behind "; " unless
/// it is empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         const std::string& otherwise = "");

/// "a, b, c".
std::string listed(const std::vector<std::string>& names);

}  // namespace ernsim
