#pragma once

#include <string>
#include <vector>

namespace ernsim {

/// Columns of text aligned by padding: numbers to the right, the rest to the left, two spaces between columns.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> titles) : rows_{std::move(titles)} {}

  /// Adds a line; it has as many cells as there are titles. Control characters are shown as '?'.
  void add(std::vector<std::string> cells);
  /// Columns of a terminal that its longest line takes.
  std::size_t width() const;
  /// Titles are a head of colour.h.
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// 1234567 -> "1,234,567".
std::string grouped(long long number);

/// A whole number with its sign: 1234 -> "+1,234".
std::string signed_count(double number);

/// A figure in a sentence: a whole number as it is, any other with six digits.
std::string figure_text(double value);

/// Shortest text that reads back as the same number, always recognisable as one with a fraction: 3 -> "3.0".
std::string decimal(double number);

}  // namespace ernsim
