#include <algorithm>
#include <cstdlib>
#include <string>
#include <systemc>

#include "config/user_error.h"
#include "output/colour.h"
#include "output/interruption.h"
#include "output/output_file.h"
#include "tools/commands.h"
#include "tools/exit_status.h"
#include "tools/manual_text.h"

namespace {

using ernsim::tools::Arguments;

bool asks_for_help(const std::string& word) { return word == "--help" || word == "-h"; }

bool asks_for_version(const std::string& word) { return word == "version" || word == "--version"; }

/// `words`: perhaps a subcommand, and the options that all have.
int help(Arguments words) {
  std::replace(words.begin(), words.end(), std::string("--version"), std::string("version"));
  const ernsim::tools::CommandLine line(words, {}, 1);
  const std::string topic = line.positional().empty() ? "help" : line.positional().front();
  const bool general = topic == "help" || topic == "version";
  ernsim::print(general ? ernsim::tools::general_help() : ernsim::tools::help_text(ernsim::tools::find_command(topic)));
  return 0;
}

int version(const Arguments& words) {
  const ernsim::tools::CommandLine line(words, {});
  if (line.flag("help")) return help({});
  ernsim::print("ernsim " ERNSIM_VERSION "\n");
  return 0;
}

int dispatch(const Arguments& words) {
  if (words.empty()) throw ernsim::UserError("no subcommand; ernsim help lists them");
  ernsim::tools::follow_colour(words);
  const std::string& name = words.front();
  const Arguments rest(words.begin() + 1, words.end());
  if (name == "help" || asks_for_help(name)) return help(rest);
  if (asks_for_version(name)) return version(rest);
  const auto& command = ernsim::tools::find_command(name);
  if (std::any_of(rest.begin(), rest.end(), asks_for_help)) return help({name});
  return command.run(rest);
}

}  // namespace

int sc_main(int argc, char* argv[]) {
  return ernsim::tools::exit_status_of([&] { return dispatch(Arguments(argv + std::min(argc, 1), argv + argc)); });
}

/// SystemC's own main() would print its copyright notice on standard output.
int main(int argc, char* argv[]) {
  ernsim::handle_interruption();
  ernsim::choose_colour(ernsim::ColourChoice::automatic);
  ::setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 0);
  return sc_core::sc_elab_and_sim(argc, argv);
}
