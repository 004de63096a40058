#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ernsim {

/// A whole number from `minimum` to `maximum`. Throws UserError naming the option otherwise.
long long parse_integer(const std::string& option, const std::string& text, long long minimum, long long maximum);

/// Height and width, "256x320", each from 1 to `most`. Throws UserError naming the option otherwise.
std::pair<int, int> parse_sides(const std::string& option, const std::string& text, int most);

/// The text, if it is one of `allowed`. Throws UserError naming the option otherwise.
std::string parse_choice(const std::string& option, const std::string& text, const std::vector<std::string>& allowed);

}  // namespace ernsim
