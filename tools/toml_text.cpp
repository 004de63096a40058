#include "tools/toml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "timing/parameter.h"

namespace ernsim::tools {

namespace {

/// Where text that begins with a quote at `at` ends: behind the closing quotes, or at the end of the line, or of all.
std::size_t behind_quotes(const std::string& text, std::size_t at) {
  const char quote = text[at];
  const bool many_lines = text.compare(at, 3, std::string(3, quote)) == 0;
  const std::string closing(many_lines ? 3 : 1, quote);
  for (at += closing.size(); at < text.size(); ++at) {
    if (text.compare(at, closing.size(), closing) == 0) {
      at += closing.size();
      for (int extra = 0; many_lines && extra < 2 && at < text.size() && text[at] == quote; ++extra) ++at;
      return at;
    }
    if (text[at] == '\n' && !many_lines) return at;
    if (text[at] == '\\' && quote == '"') ++at;
  }
  return text.size();
}

/// The first byte outside quotes and comments that is not ASCII. TOML allows none there, and toml++ 3.3 has undefined
/// behaviour for some when it looks whether they are white space.
std::optional<std::size_t> misplaced(const std::string& text) {
  const std::string byte_order_mark = "\xEF\xBB\xBF";
  std::size_t at = text.compare(0, 3, byte_order_mark) == 0 ? 3 : 0;
  while (at < text.size()) {
    if ((static_cast<unsigned char>(text[at]) & 0x80U) != 0) return at;
    if (text[at] == '"' || text[at] == '\'')
      at = behind_quotes(text, at);
    else
      at = text[at] == '#' ? std::min(text.find('\n', at), text.size()) : at + 1;
  }
  return std::nullopt;
}

}  // namespace

toml::table parse_toml(const std::string& text, const std::string& name) try {
  if (const auto at = misplaced(text))
    throw ConfigError(fmt::format("{}:{}: outside quotes and comments only ASCII characters are allowed", name,
                                  1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*at), '\n')));
  return toml::parse(text, name);
} catch (const toml::parse_error& error) {
  throw ConfigError(fmt::format("{}:{}: {}", name, error.source().begin.line, error.description()));
}

}  // namespace ernsim::tools
