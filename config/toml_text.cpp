#include "config/toml_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/parameter.h"

namespace ernsim {

namespace {

/// The same TOML in ASCII: without comments, and with escapes for other characters in "text". toml++ 3.3 has undefined
/// behaviour when it looks whether some of them are white space, as it does in many places.
class AsciiToml {
 public:
  AsciiToml(const std::string& text, const std::string& name) : text_(text), name_(name) {}

  std::string text() {
    const std::string byte_order_mark = "\xEF\xBB\xBF";
    if (text_.compare(0, 3, byte_order_mark) == 0) at_ = 3;
    while (at_ < text_.size()) {
      if (text_[at_] == '#')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (text_[at_] == '"' || text_[at_] == '\'')
        quoted();
      else
        copy_ascii("outside quotes and comments only ASCII characters are allowed");
    }
    return ascii_;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    throw ConfigError(fmt::format("{}:{}: {}", name_, line, why));
  }

  bool is_ascii() const { return (static_cast<unsigned char>(text_[at_]) & 0x80U) == 0; }

  void copy_ascii(const char* otherwise) {
    if (!is_ascii()) refuse(otherwise);
    ascii_ += text_[at_++];
  }

  /// From a quote to the one that closes it, or to the end of the line, or of all.
  void quoted() {
    const char quote = text_[at_];
    const bool many_lines = text_.compare(at_, 3, std::string(3, quote)) == 0;
    const std::string closing(many_lines ? 3 : 1, quote);
    copy(closing.size());
    while (at_ < text_.size() && (many_lines || text_[at_] != '\n')) {
      if (text_.compare(at_, closing.size(), closing) == 0) return copy(closing.size());
      if (quote == '\'')
        copy_ascii("in single quotes only ASCII characters are allowed; use double quotes");
      else
        character();
    }
  }

  void copy(std::size_t count) {
    ascii_ += text_.substr(at_, count);
    at_ += count;
  }

  /// A character, or an escape, in double quotes.
  void character() {
    if (!is_ascii()) return escape();
    const bool is_escape = text_[at_] == '\\';
    copy(1);
    if (is_escape && at_ < text_.size()) copy_ascii("no ASCII character behind a backslash");
  }

  /// A UTF-8 sequence of two to four bytes as \UXXXXXXXX.
  void escape() {
    const auto first = static_cast<unsigned char>(text_[at_]);
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at_ + length > text_.size()) refuse("the text is not UTF-8");
    std::uint32_t code_point = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(text_[at_ + i]);
      if (next >> 6 != 2) refuse("the text is not UTF-8");
      code_point = code_point << 6 | (next & 0x3FU);
    }
    ascii_ += fmt::format("\\U{:08X}", code_point);
    at_ += length;
  }

  const std::string& text_;
  const std::string& name_;
  std::size_t at_ = 0;
  std::string ascii_;
};

}  // namespace

toml::table parse_toml(const std::string& text, const std::string& name) try {
  return toml::parse(AsciiToml(text, name).text(), name);
} catch (const toml::parse_error& error) {
  throw ConfigError(fmt::format("{}:{}: {}", name, error.source().begin.line, error.description()));
}

}  // namespace ernsim
