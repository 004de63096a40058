#include "simulation/figures.h"

#include <nlohmann/json.hpp>

#include "output/json_text.h"
#include "output/output_file.h"
#include "output/text_table.h"
#include "report/figure_json.h"
#include "tools/commands.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  po::options_description description("Options");
  description.add_options()("json", po::value<std::string>()->value_name("FILE"),
                            "the list as JSON; - or nothing is standard output");
  return description;
}

std::string table_text() {
  TextTable table({"figure", "unit", "known", "in a run's JSON", "meaning"});
  for (const Figure& each : figures())
    table.add({each.name, each.unit,
               each.known_before     ? "before"
               : each.may_be_unknown ? "perhaps"
                                     : "simulated",
               each.in_run, each.meaning});
  return table.text();
}

}  // namespace

int figures_command(const Arguments& arguments) {
  const CommandLine line(with_value(arguments, "--json", "-"), options());
  if (line.has("json"))
    OutputFile(line.get("json")).write(json_text(figures_json()));
  else
    print(table_text());
  return 0;
}

Manual figures_manual() {
  return {
      {"figures [OPTIONS]"},
      "Lists the figures that runs and sweeps have, and that constraints and objectives may speak of: unit, meaning, "
      "where a run's JSON has it, and whether it is known before a simulation, behind one, or perhaps not even then.",
      options()};
}

}  // namespace ernsim::tools
