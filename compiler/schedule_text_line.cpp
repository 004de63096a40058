#include "compiler/schedule_text_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "compiler/schedule_error.h"
#include "compiler/schedule_text_names.h"
#include "config/nearest.h"

namespace ernsim::compiler {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view without_leading_space(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return text;
}

/// Cuts the text up to the separator off its front; all of it if there is none.
std::string_view cut(std::string_view& text, char separator) {
  const auto length = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  return part;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

void Line::parse(std::string_view text, int number) {
  number_ = number;
  word_ = argument_ = missing_ = {};
  argument_used_ = false;
  next_ = 0;
  tokens_.clear();
  asked_.clear();
  for (text = without_leading_space(text); !text.empty() && text.front() != '#'; text = without_leading_space(text)) {
    const std::size_t length = token_length(text);
    add_token(text.substr(0, length));
    text.remove_prefix(length);
  }
}

/// A token ends at a space; the value behind the = may be in double quotes.
std::size_t Line::token_length(std::string_view text) const {
  std::size_t i = 0;
  while (i < text.size() && !is_space(text[i]) && text[i] != '=') ++i;
  if (text.substr(i, 2) == "=\"") {
    for (i += 2; i < text.size() && text[i] != '"'; ++i)
      if (text[i] == '\\') ++i;
    if (i >= text.size()) fail("a value in double quotes does not end; \" is expected");
    if (++i < text.size() && !is_space(text[i])) fail("a space is expected behind a value in double quotes");
    return i;
  }
  while (i < text.size() && !is_space(text[i])) ++i;
  return i;
}

void Line::add_token(std::string_view token) {
  const auto equals = token.find('=');
  if (equals != std::string_view::npos && !word_.empty())
    tokens_.push_back({token.substr(0, equals), token.substr(equals + 1)});
  else if (word_.empty())
    word_ = token;
  else if (argument_.empty() && tokens_.empty())
    argument_ = token;
  else
    fail(fmt::format("{} is not understood; key=value is expected", quoted(token)));
}

std::string_view Line::argument(const char* what) {
  argument_used_ = true;
  if (argument_.empty()) fail(fmt::format("{} is missing; '{} NAME' is expected", what, word_));
  return argument_;
}

Line::Token* Line::find(const char* key) {
  const std::string_view name = asked_.emplace_back(key);
  const auto matches = [name](const Token& token) { return token.key == name; };
  auto found = tokens_.begin() + static_cast<std::ptrdiff_t>(next_);
  if (found == tokens_.end() || !matches(*found)) found = std::find_if(tokens_.begin(), tokens_.end(), matches);
  if (found == tokens_.end()) return nullptr;
  next_ = static_cast<std::size_t>(found - tokens_.begin()) + 1;
  found->used = true;
  return &*found;
}

const Line::Token* Line::require(const char* key) {
  const Token* token = find(key);
  if (!token && missing_.empty()) missing_ = key;
  return token;
}

void Line::operator()(const char* key, std::string& value) {
  if (const Token* token = require(key)) value = unquote(key, token->value);
}

void Line::operator()(const char* key, RegionKind& value) {
  const Token* token = require(key);
  if (!token) return;
  const auto kind = find_region_kind(token->value);
  if (!kind) fail_unknown("kind", token->value, region_kind_names());
  value = *kind;
}

void Line::operator()(const char* key, Coordinates& value) {
  const Token* token = require(key);
  if (!token) return;
  std::string_view text = token->value;
  if (std::count(text.begin(), text.end(), '/') != 3)
    fail(fmt::format("at is {}; layer/block/row/column is expected", quoted(text)));
  for (auto* part : {&value.layer, &value.block, &value.row, &value.column})
    *part = static_cast<std::uint16_t>(number(key, cut(text, '/'), 0, 65535));
}

void Line::operator()(const char* key, bool& value) {
  const Token* token = find(key);
  value = token && number(key, token->value, 0, 1) != 0;
}

std::uint8_t Line::semaphore(std::string_view name) const {
  const auto found = find_semaphore(name);
  if (!found) fail_unknown("semaphore", name, semaphore_names());
  return *found;
}

void Line::waits(Instruction& instruction) {
  const Token* token = find("wait");
  if (!token) return;
  for (std::string_view list = token->value; !list.empty() || instruction.wait_count == 0;) {
    std::string_view item = cut(list, ',');
    if (instruction.wait_count == max_waits) fail(fmt::format("too many waits; at most {}", max_waits));
    auto& wait = instruction.waits[instruction.wait_count++];
    wait.semaphore = semaphore(cut(item, '*'));
    wait.count = static_cast<std::uint16_t>(number("count of a wait", item, 1, max_wait_count));
  }
}

void Line::posts(Instruction& instruction) {
  const Token* token = find("post");
  if (!token) return;
  for (std::string_view list = token->value; !list.empty() || instruction.posts == 0;) {
    const auto name = cut(list, ',');
    const std::uint32_t bit = std::uint32_t{1} << semaphore(name);
    if ((instruction.posts & bit) != 0) fail(fmt::format("{} is posted twice; once per instruction is allowed", name));
    instruction.posts |= bit;
  }
}

void Line::finish() {
  if (!argument_.empty() && !argument_used_)
    fail(fmt::format("{} is not understood; key=value is expected", quoted(argument_)));
  for (const Token& token : tokens_) {
    if (token.used) continue;
    if (asked_.empty()) fail(fmt::format("unknown key {}; '{}' has no keys", quoted(token.key), word_));
    if (std::find(asked_.begin(), asked_.end(), token.key) == asked_.end()) fail_unknown("key", token.key, asked_);
    fail(fmt::format("key '{}' appears twice; once is allowed", token.key));
  }
  if (!missing_.empty()) fail(fmt::format("key '{0}' is missing; '{1}' needs {0}=", missing_, word_));
}

std::int64_t Line::number(std::string_view key, std::string_view text, std::int64_t low, std::int64_t high) const {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
    fail(fmt::format("{} is {}; a whole number from {} to {} is expected", key, quoted(text), low, high));
  return value;
}

std::string Line::unquote(std::string_view key, std::string_view text) const {
  if (text.empty() || text.front() != '"') return std::string(text);
  std::string out;
  for (text = text.substr(1, text.size() - 2); !text.empty(); text.remove_prefix(1)) {
    if (text.front() != '\\') {
      out += text.front();
    } else if (text.size() >= 2 && (text[1] == '"' || text[1] == '\\')) {
      out += text[1];
      text.remove_prefix(1);
    } else if (text.size() >= 4 && text[1] == 'x' && hex_digit(text[2]) >= 0 && hex_digit(text[3]) >= 0) {
      out += static_cast<char>(hex_digit(text[2]) * 16 + hex_digit(text[3]));
      text.remove_prefix(3);
    } else {
      fail(fmt::format("{} has an unknown escape; \\\", \\\\ and \\xHH are allowed", key));
    }
  }
  return out;
}

void Line::fail(const std::string& what) const {
  throw ScheduleError(fmt::format("{}:{}: {}", file_name_, number_, what));
}

void Line::fail_unknown(const char* what, std::string_view name, const std::vector<std::string_view>& known) const {
  const auto near = nearest(name, known);
  const auto advice =
      near.empty() ? fmt::format("there are {}", fmt::join(known, ", ")) : fmt::format("did you mean '{}'?", near);
  fail(fmt::format("unknown {} {}; {}", what, quoted(name), advice));
}

}  // namespace ernsim::compiler
