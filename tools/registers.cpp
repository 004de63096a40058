#include <vector>

#include "models/accelerator/control/register_texts.h"
#include "output/output_file.h"
#include "tools/commands.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

struct Form {
  const char *option, *meaning;
  std::string (*text)();
};

constexpr Form forms[] = {
    {"c-header", "macros for a driver in C", register_c_header},
    {"ip-xact", "a component of IEEE 1685-2014", register_ip_xact},
    {"markdown", "the tables of models/accelerator/control/README.md", register_markdown},
};

po::options_description options() {
  po::options_description description("Options");
  for (const Form& form : forms)
    description.add_options()(form.option, po::value<std::string>()->value_name("FILE"), form.meaning);
  return description;
}

}  // namespace

int registers_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  std::vector<std::pair<OutputFile, const Form*>> outputs;
  for (const Form& form : forms)
    if (line.has(form.option)) outputs.emplace_back(OutputFile(line.get(form.option)), &form);
  for (const auto& [output, form] : outputs) output.write(form->text());
  if (outputs.empty()) print(register_markdown());
  return 0;
}

Manual registers_manual() {
  return {{"registers [--c-header FILE] [--ip-xact FILE] [--markdown FILE]"},
          "The accelerator's registers and errors, from the one table that the model decodes accesses with. - as FILE "
          "is standard output; without an option the tables are printed.",
          options()};
}

}  // namespace ernsim::tools
