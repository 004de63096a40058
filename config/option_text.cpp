#include "config/option_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "config/did_you_mean.h"
#include "config/user_error.h"

namespace ernsim {

long long parse_integer(const std::string& option, const std::string& text, long long minimum, long long maximum) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < minimum || value > maximum)
    throw UserError(fmt::format("--{} '{}': must be an integer from {} to {}", option, text, minimum, maximum));
  return value;
}

std::pair<int, int> parse_sides(const std::string& option, const std::string& text, int most) {
  const auto cross = text.find('x');
  if (cross == std::string::npos) throw UserError(fmt::format("--{} '{}': must be HxW, as in 256x256", option, text));
  const auto side = [&](const std::string& digits) { return static_cast<int>(parse_integer(option, digits, 1, most)); };
  return {side(text.substr(0, cross)), side(text.substr(cross + 1))};
}

std::string parse_choice(const std::string& option, const std::string& text, const std::vector<std::string>& allowed) {
  if (std::find(allowed.begin(), allowed.end(), text) == allowed.end())
    throw UserError(
        fmt::format("--{} '{}': must be one of {}{}", option, text, listed(allowed), did_you_mean(text, allowed)));
  return text;
}

}  // namespace ernsim
