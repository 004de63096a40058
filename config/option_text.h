#pragma once

#include <string>
#include <vector>

namespace ernsim {

/// A whole number from `minimum` to `maximum`. Throws UserError naming the option otherwise.
long long parse_integer(const std::string& option, const std::string& text, long long minimum, long long maximum);

/// The text, if it is one of `allowed`. Throws UserError naming the option otherwise.
std::string parse_choice(const std::string& option, const std::string& text, const std::vector<std::string>& allowed);

}  // namespace ernsim
