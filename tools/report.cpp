#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "config/user_error.h"
#include "output/flat_csv.h"
#include "output/json_text.h"
#include "output/output_file.h"
#include "report/report_run.h"
#include "report/report_sweep.h"
#include "report/run_diff_json.h"
#include "tools/commands.h"
#include "tools/page_output.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description description("Options; - is standard output");
  add_page_options(description);
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

/// Where it goes; checked before anything is read.
struct Outputs {
  explicit Outputs(const CommandLine& line) : page((check(line), line)) {
    if (line.has("json")) json.emplace(line.get("json"));
    if (line.has("csv")) csv.emplace(line.get("csv"));
  }

  static void check(const CommandLine& line) {
    const std::vector<std::string> files{"html", "pdf", "json", "csv"};
    if (std::none_of(files.begin(), files.end(), [&line](const auto& each) { return line.has(each); }))
      throw UserError("report needs --html FILE, --pdf FILE, --json FILE or --csv FILE");
    for (std::size_t i = 0; i < files.size(); ++i)
      for (std::size_t j = i + 1; j < files.size(); ++j)
        if (line.has(files[i]) && line.get(files[i]) == line.get(files[j]))
          line.reject_together(files[i], files[j], "both write to " + line.get(files[i]));
  }

  PageOutput page;
  std::optional<OutputFile> json, csv;
};

}  // namespace

int report_command(const Arguments& arguments) {
  const CommandLine line(arguments, options(), most_diffed_runs);
  if (line.positional().empty()) throw UserError("report needs the JSON file of a run or the directory of a sweep");
  const Outputs outputs(line);
  const Subject subject = load(line.positional());
  outputs.page.write(subject.kind, subject.json, line.positional().front());
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
