#include "sweep/simulation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <map>
#include <sstream>
#include <utility>

#include "config/user_error.h"
#include "simulation/forked.h"
#include "sweep/figures.h"

namespace ernsim {

namespace {

/// A line of figures, then the notes. Seventeen digits come back as the same double.
std::string result_text(const PointResult& result) {
  std::string text;
  for (const double figure : result.figures) text += fmt::format("{:.17g} ", figure);
  return text + "\n" + result.notes;
}

PointResult result_of(const std::string& text) {
  const auto line = text.find('\n');
  std::istringstream in(text.substr(0, line));
  PointResult result;
  for (std::string figure; in >> figure;) result.figures.push_back(std::strtod(figure.c_str(), nullptr));
  result.notes = text.substr(line + 1);
  return result;
}

/// What becomes of a point whose process has ended.
SweepRow row_of(const SweepDefinition& definition, const ForkedResult& result) {
  SweepRow row{result.index, point_of(definition, static_cast<std::int64_t>(result.index)), "", {}};
  if (result.threw) {
    row.reason = result.text;
    row.figures = figures_before(definition, row.point);
    return row;
  }
  PointResult found = result_of(result.text);
  row.figures = std::move(found.figures);
  row.notes = std::move(found.notes);
  return row;
}

/// Those of the points that the database lacks.
std::vector<std::size_t> missing_of(const std::vector<std::size_t>& points, const SweepDatabase& database) {
  return from_user([&] {
    std::vector<std::size_t> finished, missing;
    for (const SweepRow& row : database.rows()) finished.push_back(row.number);
    std::set_difference(points.begin(), points.end(), finished.begin(), finished.end(), std::back_inserter(missing));
    if (!missing.empty()) database.require_writable();
    return missing;
  });
}

/// A bar with done, total and the time that is left, on standard error if that is a terminal.
class SweepProgress {
 public:
  explicit SweepProgress(std::size_t total) : total_(total), shown_(::isatty(STDERR_FILENO) != 0) {}
  ~SweepProgress() {
    if (shown_) fmt::print(stderr, "\r{:79}\r", "");
  }
  void step() {
    ++done_;
    if (!shown_) return;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
    const double left = spent.count() / static_cast<double>(done_) * static_cast<double>(total_ - done_);
    fmt::print(stderr, "\r[{:-<{}}] {:3}%  {} of {} points, {} left   ", std::string(bar_width * done_ / total_, '#'),
               bar_width, 100 * done_ / total_, done_, total_, duration_text(left));
    std::fflush(stderr);
  }

 private:
  static constexpr std::size_t bar_width = 30;

  std::size_t total_, done_ = 0;
  bool shown_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  return whole < 3600 ? fmt::format("{}:{:02} min", whole / 60, whole % 60)
                      : fmt::format("{}:{:02} h", whole / 3600, whole % 3600 / 60);
}

SweepEnd simulate_missing(const SweepDefinition& definition, const std::vector<std::size_t>& points,
                          SweepDatabase& database, std::size_t jobs) {
  const auto missing = missing_of(points, database);
  const auto point = [&definition](std::size_t number) {
    return point_of(definition, static_cast<std::int64_t>(number));
  };
  StopSignals stops;
  SweepProgress progress(missing.size());
  std::map<std::string, std::size_t> killed;
  for_each_forked(
      missing, jobs, [&](std::size_t number) { return result_text(simulate_point(definition, point(number))); },
      [&](const ForkedResult& result) {
        progress.step();
        if (result.killed) return void(++killed[result.text]);
        database.add(row_of(definition, result));
      },
      &stops);
  std::vector<std::string> texts;
  for (const auto& [signal, count] : killed) texts.push_back(fmt::format("{} by {}", count, signal));
  return {fmt::format("{}", fmt::join(texts, ", ")), stops.taken()};
}

}  // namespace ernsim
