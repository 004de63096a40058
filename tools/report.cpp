#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "config/user_error.h"
#include "output/flat_csv.h"
#include "output/json_text.h"
#include "output/output_file.h"
#include "report/report_html.h"
#include "report/report_run.h"
#include "report/report_sweep.h"
#include "report/run_diff_json.h"
#include "tools/commands.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description description("Options; - is standard output");
  description.add_options()("html", text("FILE"), "the page: one file that needs no network");
  description.add_options()("json", text("FILE"), "all that the page shows");
  description.add_options()("csv", text("FILE"), "the same, one line of path and value each");
  return description;
}

/// What is shown, and as what.
struct Subject {
  std::string kind;
  nlohmann::ordered_json json;
};

Subject load(const std::vector<std::string>& paths) {
  if (paths.size() > 1) return {"diff", diff_json(diff_of(paths, load_runs(paths)))};
  const std::string& path = paths.front();
  if (std::filesystem::is_directory(path)) return {"sweep", load_sweep_report(path + "/sweep.sqlite")};
  if (std::filesystem::path(path).extension() == ".sqlite") return {"sweep", load_sweep_report(path)};
  return {"run", load_run(path)};
}

/// A browser can still draw so many points.
constexpr std::size_t most_points = 20'000;

void require_drawable(const Subject& subject, const std::string& path) {
  if (subject.kind == "sweep" && subject.json["points"].size() > most_points)
    throw UserError(
        fmt::format("{}: the sweep has {} points, and a page shows up to {}; --json and --csv have no limit", path,
                    subject.json["points"].size(), most_points));
}

/// Where it goes; checked before anything is read.
struct Outputs {
  explicit Outputs(const CommandLine& line) {
    if (!line.has("html") && !line.has("json") && !line.has("csv"))
      throw UserError("report needs --html FILE, --json FILE or --csv FILE");
    for (const auto& [a, b] : {std::pair{"html", "json"}, {"html", "csv"}, {"json", "csv"}})
      if (line.has(a) && line.get(a) == line.get(b)) line.reject_together(a, b, "both write to " + line.get(a));
    if (line.has("html")) require_report_page();
    if (line.has("html")) html.emplace(line.get("html"));
    if (line.has("json")) json.emplace(line.get("json"));
    if (line.has("csv")) csv.emplace(line.get("csv"));
  }

  std::optional<OutputFile> html, json, csv;
};

}  // namespace

int report_command(const Arguments& arguments) {
  const CommandLine line(arguments, options(), most_diffed_runs);
  if (line.positional().empty()) throw UserError("report needs the JSON file of a run or the directory of a sweep");
  const Outputs outputs(line);
  const Subject subject = load(line.positional());
  if (outputs.html) require_drawable(subject, line.positional().front());
  if (outputs.html) outputs.html->write(report_html(subject.kind, json_text(subject.json)));
  if (outputs.json) outputs.json->write(json_text(subject.json));
  if (outputs.csv) outputs.csv->write(flat_csv(subject.json));
  return 0;
}

Manual report_manual() {
  return {{"report RUN.json|SWEEP_DIR|A.json B.json ... --html FILE [OPTIONS]"},
          "Shows a run (the file of run --json) or a sweep (its directory, or its .sqlite file) as a page with charts "
          "and tables. Of two runs or more it shows how they differ from the first, as ernsim diff does.",
          options()};
}

}  // namespace ernsim::tools
