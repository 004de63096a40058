#include "report/run_diff_table.h"

#include <fmt/format.h>

#include <cmath>

#include "output/text_table.h"

namespace ernsim {

namespace {

constexpr std::size_t most_rows = 15;

/// Runs are called "A", "B" and so on: there are no more than letters.
std::string letter(std::size_t run) { return {static_cast<char>('A' + run)}; }

bool is_whole(const DiffRow& row, double value) { return row.is_part || value == std::trunc(value); }

std::string value_text(const DiffRow& row, const std::optional<double>& value) {
  if (!value) return "none";
  return is_whole(row, *value) ? grouped(std::llround(*value)) : fmt::format("{:.3f}", *value);
}

std::string change_text(const DiffRow& row, const std::optional<double>& change) {
  if (!change) return "none";
  return is_whole(row, *change) ? signed_count(*change) : fmt::format("{:+.3f}", *change);
}

std::string percent_text(const std::optional<double>& percent) {
  return percent ? fmt::format("{:+.1f}%", *percent) : "none";
}

std::vector<std::string> titles_of(const RunDiff& diff, std::vector<std::string> titles) {
  for (std::size_t run = 0; run < diff.runs.size(); ++run) titles.push_back(letter(run));
  for (std::size_t run = 1; run < diff.runs.size(); ++run) {
    titles.push_back(letter(run) + " - A");
    titles.push_back("%");
  }
  return titles;
}

std::vector<std::string> cells_of(const DiffRow& row, bool unit) {
  std::vector<std::string> cells = row.names;
  if (unit) cells.push_back(row.unit);
  for (const auto& value : row.values) cells.push_back(value_text(row, value));
  for (std::size_t run = 1; run < row.values.size(); ++run) {
    cells.push_back(change_text(row, row.change(run)));
    cells.push_back(percent_text(row.percent(run)));
  }
  return cells;
}

/// The rows that differ, up to `most`, and how many are left out or the same.
std::string section(const RunDiff& diff, const std::string& title, const std::vector<std::string>& names,
                    const std::vector<DiffRow>& rows, bool unit = false, std::size_t most = most_rows) {
  std::vector<std::string> titles = names;
  if (unit) titles.emplace_back("unit");
  TextTable table(titles_of(diff, titles));
  std::size_t shown = 0, smaller = 0;
  for (const DiffRow& row : rows) {
    if (!row.differs()) continue;
    if (shown == most) {
      ++smaller;
      continue;
    }
    table.add(cells_of(row, unit));
    ++shown;
  }
  const std::size_t same = rows.size() - shown - smaller;
  std::string text = "\n" + title;
  if (smaller > 0) text += fmt::format("; {} smaller changes are in --json", smaller);
  if (same > 0) text += fmt::format("; {} {} the same", same, same == 1 ? "is" : "are");
  return text + "\n" + (shown == 0 ? "" : table.text());
}

std::string settings_section(const RunDiff& diff) {
  if (diff.settings.empty()) return "\nconfiguration: the same\n";
  std::vector<std::string> titles{"configuration", "unit"};
  for (std::size_t run = 0; run < diff.runs.size(); ++run) titles.push_back(letter(run));
  TextTable table(titles);
  for (const DiffSetting& each : diff.settings) {
    std::vector<std::string> cells{each.name, each.unit};
    for (const std::string& value : each.values) cells.push_back(value.empty() ? "none" : value);
    table.add(cells);
  }
  return "\n" + table.text();
}

std::string runs_text(const RunDiff& diff) {
  std::string text;
  for (std::size_t run = 0; run < diff.runs.size(); ++run) {
    const DiffRun& each = diff.runs[run];
    text += fmt::format("{}  {}: {} {} on {}, {:.6g} MHz\n", letter(run), each.file, each.network, each.input_size,
                        each.platform, each.clock_mhz);
  }
  return text;
}

}  // namespace

std::string diff_table(const RunDiff& diff) {
  std::string text = runs_text(diff) + "\n";
  for (const std::string& sentence : sentences_of(diff)) text += sentence + "\n";
  text += settings_section(diff);
  text += section(diff, "figures", {"figure"}, diff.figures, true, diff.figures.size());
  text += section(diff, "cycles by what the array did", {"array"}, diff.array);
  text += section(diff, "cycles by layer", {"layer"}, diff.layers);
  text += section(diff, "cycles by unit and cause", {"unit", "cause"}, diff.stalls);
  return text + section(diff, "bytes of external memory by layer", {"layer", "direction"}, diff.bytes);
}

}  // namespace ernsim
