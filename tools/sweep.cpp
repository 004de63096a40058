#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>

#include "tools/commands.h"
#include "tools/forked.h"
#include "tools/output_file.h"
#include "tools/sweep_database.h"
#include "tools/sweep_figures.h"
#include "tools/text_table.h"
#include "tools/user_error.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description description("Options");
  description.add_options()("jobs", text("N"), "processes at a time (default: one per core)");
  description.add_options()("out", text("DIR"),
                            "where sweep.sqlite goes (default: the sweep file's name without .toml)");
  description.add_options()("resume", po::bool_switch(), "go on with the points that DIR lacks");
  description.add_options()("csv", text("FILE"), "all finished points as CSV");
  description.add_options()("json", text("FILE"), "all finished points, and the Pareto front, as JSON");
  return description;
}

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

/// Done, total and the time that is left, on standard error if that is a terminal.
class SweepProgress {
 public:
  explicit SweepProgress(std::size_t total) : total_(total), shown_(::isatty(STDERR_FILENO) != 0) {}
  ~SweepProgress() {
    if (shown_) fmt::print(stderr, "\r{:60}\r", "");
  }
  void step() {
    ++done_;
    if (!shown_) return;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
    const double left = spent.count() / static_cast<double>(done_) * static_cast<double>(total_ - done_);
    fmt::print(stderr, "\r{} of {} points, {:.0f} s left   ", done_, total_, left);
    std::fflush(stderr);
  }

 private:
  std::size_t total_, done_ = 0;
  bool shown_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

void simulate_missing(const SweepDefinition& definition, SweepDatabase& database, std::size_t jobs) {
  std::set<std::size_t> finished;
  for (const SweepRow& row : database.rows()) finished.insert(row.number);
  std::vector<std::size_t> missing;
  for (const std::size_t number : points_of(definition))
    if (finished.count(number) == 0) missing.push_back(number);
  SweepProgress progress(missing.size());
  const auto point = [&definition](std::size_t number) {
    return point_of(definition, static_cast<std::int64_t>(number));
  };
  for_each_forked(
      missing, jobs, [&](std::size_t number) { return figures_text(simulate_point(definition, point(number))); },
      [&](const ForkedResult& result) {
        SweepRow row{result.index, point(result.index), result.threw ? result.text : "", {}};
        if (!result.threw) row.figures = figures_of(result.text);
        database.add(row);
        progress.step();
      });
}

/// The best points: those that keep the constraints and that no other such point beats.
std::vector<SweepRow> best(const SweepDefinition& definition, const std::vector<SweepRow>& rows) {
  std::vector<SweepRow> kept;
  std::vector<std::vector<double>> figures;
  for (const SweepRow& row : rows) {
    if (!row.reason.empty() || !keeps(definition.constraints, row.figures)) continue;
    kept.push_back(row);
    figures.push_back(row.figures);
  }
  std::vector<SweepRow> front;
  for (const std::size_t index : pareto_front(definition.objectives, figures)) front.push_back(kept[index]);
  return front;
}

std::string csv_text(const std::vector<SweepRow>& rows) {
  std::string text = fmt::format("number,network,stem,input_size,settings,reason,{}\n", fmt::join(figure_names(), ","));
  for (const SweepRow& row : rows) {
    std::string reason = row.reason;
    for (std::size_t at = 0; (at = reason.find('"', at)) != std::string::npos; at += 2) reason.insert(at, 1, '"');
    text += fmt::format("{},{},{},{},\"{}\",\"{}\"", row.number, row.point.network, row.point.stem,
                        row.point.input_size, fmt::join(row.point.settings, " "), reason);
    for (std::size_t i = 0; i < figure_names().size(); ++i)
      text += row.figures.empty() ? "," : fmt::format(",{}", row.figures[i]);
    text += "\n";
  }
  return text;
}

nlohmann::ordered_json row_json(const SweepRow& row) {
  nlohmann::ordered_json json{{"number", row.number},           {"network", row.point.network},
                              {"stem", row.point.stem},         {"input_size", row.point.input_size},
                              {"settings", row.point.settings}, {"reason", row.reason}};
  const auto names = figure_names();
  for (std::size_t i = 0; i < row.figures.size(); ++i) json[names[i]] = row.figures[i];
  return json;
}

std::string json_text(const std::vector<SweepRow>& rows, const std::vector<SweepRow>& front) {
  nlohmann::ordered_json json{{"points", nlohmann::json::array()}, {"pareto", nlohmann::json::array()}};
  for (const SweepRow& row : rows) json["points"].push_back(row_json(row));
  for (const SweepRow& row : front) json["pareto"].push_back(row.number);
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string summary(const SweepDefinition& definition, const std::vector<SweepRow>& rows,
                    const std::vector<SweepRow>& front, const std::string& database) {
  std::size_t refused = 0;
  for (const SweepRow& row : rows) refused += row.reason.empty() ? 0 : 1;
  std::string text =
      fmt::format("{} points in {}, {} of them not simulated\n\nPareto front over", rows.size(), database, refused);
  for (const auto& each : definition.objectives)
    text += fmt::format(" {} {}", each.maximise ? "max" : "min", each.figure);
  if (!definition.constraints.empty()) text += " where";
  for (const auto& each : definition.constraints)
    text += fmt::format(" {} {} {}", each.figure, each.relation, each.bound);
  TextTable table({"point", "network", "input", "settings", "fps", "latency ms", "DRAM MB", "BRAM18", "LUT"});
  constexpr std::size_t most = 40;
  for (std::size_t i = 0; i < std::min(front.size(), most); ++i) {
    const auto& f = front[i].figures;  // in the order of figure_names()
    table.add({std::to_string(front[i].number), front[i].point.network, front[i].point.input_size,
               fmt::format("{}", fmt::join(front[i].point.settings, " ")), fmt::format("{:.1f}", f[2]),
               fmt::format("{:.3f}", f[1]), fmt::format("{:.2f}", (f[5] + f[6]) / 1e6), fmt::format("{}", f[10]),
               fmt::format("{}", f[8])});
  }
  text += fmt::format(": {} points{}\n\n{}", front.size(), front.size() > most ? ", the first 40" : "", table.text());
  return text;
}

std::string default_directory(const std::string& file) { return std::filesystem::path(file).stem().string(); }

std::string make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw UserError(fmt::format("--out '{}': {}", path, error.message()));
  return path;
}

}  // namespace

int sweep_command(const Arguments& arguments) {
  const CommandLine line(arguments, options(), 1);
  if (line.positional().empty()) throw UserError("sweep needs the name of a sweep file");
  const std::string& file = line.positional().front();
  const auto jobs = parse_integer("jobs", line.get("jobs", std::to_string(default_jobs())), 1, 1024);
  const SweepDefinition definition = from_user([&] { return load_sweep(file); });
  std::optional<OutputFile> csv, json;
  if (line.has("csv")) csv.emplace(line.get("csv"));
  if (line.has("json")) json.emplace(line.get("json"));
  const std::string path = make_directory(line.get("out", default_directory(file))) + "/sweep.sqlite";
  std::optional<SweepDatabase> database;
  from_user([&] { database.emplace(path, definition, line.flag("resume")); });
  simulate_missing(definition, *database, static_cast<std::size_t>(jobs));
  const auto rows = database->rows();
  const auto front = best(definition, rows);
  if (csv) csv->write(csv_text(rows));
  if (json) json->write(json_text(rows, front));
  const bool standard = (csv && csv->is_standard_output()) || (json && json->is_standard_output());
  if (!standard) print(summary(definition, rows, front, path));
  return 0;
}

std::string sweep_help() {
  return fmt::format(
      "usage: ernsim sweep FILE.toml [OPTIONS]\n\n"
      "Simulates a grid of configurations, timing only, one process each, and prints those that are best. Results go "
      "into\n"
      "an SQLite file as they come; a sweep that was killed goes on with --resume. SWEEP.md describes both "
      "files.\n\n{}",
      fmt::streamed(options()));
}

}  // namespace ernsim::tools
