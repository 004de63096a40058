#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "compiler/schedule.h"

namespace ernsim::compiler {

/// One line of a schedule: a word that says what it is, for some an argument, then key=value pairs in any order.
/// Every fault is a ScheduleError that starts with FILE:LINE.
class Line {
 public:
  explicit Line(const std::string& file_name) : file_name_(file_name) {}

  /// Takes the next line apart. The text must outlive the use of the line.
  void parse(std::string_view text, int number);

  bool empty() const { return word_.empty(); }
  std::string_view word() const { return word_; }
  /// The word behind the first; throws saying that `what` is missing if there is none.
  std::string_view argument(const char* what);

  /// Required values. A missing key is reported by finish().
  template <class Integer>
  std::enable_if_t<std::is_integral_v<Integer>> operator()(const char* key, Integer& value);
  void operator()(const char* key, std::string& value);
  void operator()(const char* key, RegionKind& value);
  void operator()(const char* key, Coordinates& value);
  /// Optional, false if absent.
  void operator()(const char* key, bool& value);
  /// Optional lists.
  void waits(Instruction& instruction);
  void posts(Instruction& instruction);

  /// Throws when the line has a key nobody asked for, a key twice, or lacks a required one.
  void finish();

  [[noreturn]] void fail(const std::string& what) const;
  /// fail() with the nearest of the known names.
  [[noreturn]] void fail_unknown(const char* what, std::string_view name,
                                 const std::vector<std::string_view>& known) const;

 private:
  struct Token {
    std::string_view key, value;
    bool used = false;
  };

  void add_token(std::string_view token);
  std::size_t token_length(std::string_view text) const;
  Token* find(const char* key);
  const Token* require(const char* key);
  std::int64_t number(std::string_view key, std::string_view text, std::int64_t low, std::int64_t high) const;
  std::string unquote(std::string_view key, std::string_view text) const;
  std::uint8_t semaphore(std::string_view name) const;

  const std::string& file_name_;
  int number_ = 0;
  std::string_view word_, argument_;
  bool argument_used_ = false;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;  ///< where the next key is expected: lines are usually in canonical order
  std::vector<std::string_view> asked_;
  std::string_view missing_;
};

/// Numbers are not negative, except those of 16 bit with a sign: the offsets of a convolution.
template <class Integer>
std::enable_if_t<std::is_integral_v<Integer>> Line::operator()(const char* key, Integer& value) {
  using Limits = std::numeric_limits<Integer>;
  constexpr std::int64_t low = std::is_same_v<Integer, std::int16_t> ? std::int64_t{Limits::min()} : 0;
  if (const Token* token = require(key))
    value = static_cast<Integer>(number(key, token->value, low, static_cast<std::int64_t>(Limits::max())));
}

}  // namespace ernsim::compiler
