#include "output/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "output/colour.h"
#include "output/printable.h"

namespace ernsim {

namespace {

struct Column {
  std::size_t width = 0;
  bool numeric = true;
};

bool is_number(const std::string& cell) { return cell.find_first_not_of("0123456789.,+-% ") == std::string::npos; }

std::vector<Column> measure(const std::vector<std::vector<std::string>>& rows) {
  std::vector<Column> columns(rows.front().size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      columns[i].width = std::max(columns[i].width, row[i].size());
      if (&row != &rows.front()) columns[i].numeric &= is_number(row[i]);
    }
  return columns;
}

std::string line(const std::vector<std::string>& row, const std::vector<Column>& columns) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i)
    text += fmt::format(columns[i].numeric ? "{:>{}}  " : "{:<{}}  ", row[i], columns[i].width);
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

std::string head(std::string titles) {
  titles.pop_back();
  return styled(Style::head, titles) + '\n';
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = printable(std::move(cell));
  rows_.push_back(std::move(cells));
}

std::size_t TextTable::width() const {
  std::size_t widest = 0;
  const auto columns = measure(rows_);
  for (const auto& row : rows_) widest = std::max(widest, line(row, columns).size() - 1);
  return widest;
}

std::string TextTable::text() const {
  const auto columns = measure(rows_);
  std::string text;
  for (const auto& row : rows_) text += &row == &rows_.front() ? head(line(row, columns)) : line(row, columns);
  return text;
}

std::string grouped(long long number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string signed_count(double number) { return (number > 0 ? "+" : "") + grouped(std::llround(number)); }

std::string figure_text(double value) {
  if (std::isnan(value)) return "not known";
  return value == std::trunc(value) && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                              : fmt::format("{:.6g}", value);
}

std::string decimal(double number) {
  std::string text = fmt::format("{}", number);
  return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

}  // namespace ernsim
