#include "tools/toml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "timing/parameter.h"

namespace ernsim::tools {

namespace {

/// The code point of a UTF-8 sequence of three bytes; 0 for anything else.
unsigned three_byte_code_point(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (at + 2 >= text.size() || byte(at) >> 4 != 0xE) return 0;
  return (byte(at) & 0xFU) << 12 | (byte(at + 1) & 0x3FU) << 6 | (byte(at + 2) & 0x3FU);
}

/// toml++ 3.3 has undefined behaviour when it looks whether one of these is white space.
std::optional<std::size_t> unreadable(const std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const unsigned code_point = three_byte_code_point(text, at);
    if (code_point >= 0xFB26 && code_point < 0xFEFF) return at;
  }
  return std::nullopt;
}

}  // namespace

toml::table parse_toml(const std::string& text, const std::string& name) try {
  if (const auto at = unreadable(text))
    throw ConfigError(fmt::format("{}:{}: the character U+{:04X} is not allowed", name,
                                  1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*at), '\n'),
                                  three_byte_code_point(text, *at)));
  return toml::parse(text, name);
} catch (const toml::parse_error& error) {
  throw ConfigError(fmt::format("{}:{}: {}", name, error.source().begin.line, error.description()));
}

}  // namespace ernsim::tools
