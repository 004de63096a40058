#include <optional>

#include "config/user_error.h"
#include "output/json_text.h"
#include "output/output_file.h"
#include "report/report_run.h"
#include "report/run_diff_json.h"
#include "report/run_diff_table.h"
#include "tools/commands.h"
#include "tools/page_output.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  po::options_description description("Options");
  description.add_options()("json", po::value<std::string>()->value_name("FILE"),
                            "all differences as JSON; - is standard output");
  add_page_options(description);
  return description;
}

}  // namespace

int diff_command(const Arguments& arguments) {
  const CommandLine line(arguments, options(), most_diffed_runs);
  const auto& files = line.positional();
  if (files.size() < 2) throw UserError("diff needs the JSON files of two runs or more; run --json FILE writes them");
  std::optional<OutputFile> json;
  if (line.has("json")) json.emplace(line.get("json"));
  const PageOutput page(line);
  const RunDiff diff = diff_of(files, load_runs(files));
  if (json) json->write(json_text(diff_json(diff)));
  if (page.wanted()) page.write("diff", diff_json(diff), "");
  if (!(json && json->is_standard_output()) && !page.is_standard_output()) print(diff_table(diff));
  return 0;
}

Manual diff_manual() {
  return {{"diff A.json B.json [C.json ...] [OPTIONS]"},
          "Says how runs (files of run --json) differ from the first: in configuration, figures, cycles by what the "
          "array did, by layer, by unit and stall cause, and in bytes; the largest changes first.",
          options(),
          "",
          {{"what a narrower array costs",
            {"ernsim run --network ERNs18 --json a.json",
             "ernsim run --network ERNs18 --set convolution.lanes=2 --json b.json", "ernsim diff a.json b.json"}}}};
}

}  // namespace ernsim::tools
