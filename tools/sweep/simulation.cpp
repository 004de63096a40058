#include "tools/sweep/simulation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <sstream>

#include "tools/forked.h"
#include "tools/sweep/figures.h"
#include "tools/user_error.h"

namespace ernsim::tools {

namespace {

/// Seventeen digits come back as the same double.
std::string figures_text(const std::vector<double>& figures) {
  std::string text;
  for (const double figure : figures) text += fmt::format("{:.17g} ", figure);
  return text;
}

std::vector<double> figures_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> figures;
  for (double figure; in >> figure;) figures.push_back(figure);
  return figures;
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
      missing, jobs, [&](std::size_t number) { return figures_text(simulate_point(definition, point(number))); },
      [&](const ForkedResult& result) {
        progress.step();
        if (result.killed) return void(++killed[result.text]);
        SweepRow row{result.index, point(result.index), result.threw ? result.text : "", {}};
        row.figures = result.threw ? figures_before(definition, row.point) : figures_of(result.text);
        database.add(row);
      },
      &stops);
  std::vector<std::string> texts;
  for (const auto& [signal, count] : killed) texts.push_back(fmt::format("{} by {}", count, signal));
  return {fmt::format("{}", fmt::join(texts, ", ")), stops.taken()};
}

}  // namespace ernsim::tools
