#pragma once

#include <string>
#include <vector>

#include "tools/command_line.h"

namespace ernsim::tools {

/// A worked example.
struct Example {
  const char* what;
  std::vector<std::string> commands;
};

/// What is written about a subcommand: its help, its man page and the completion of shells are made of it.
struct Manual {
  std::vector<std::string> usage;  ///< behind "ernsim"
  std::string text;                ///< a line is a paragraph
  boost::program_options::options_description options;
  std::string exit_status = {};  ///< empty: the usual one
  std::vector<Example> examples = {};
};

inline constexpr const char* usual_exit_status = "0 done, 2 bad input or usage, 1 anything else.";

// One subcommand each; the result is the exit status. What the user gave wrong is thrown as UserError.
int run_command(const Arguments& arguments);
int networks_command(const Arguments& arguments);
int figures_command(const Arguments& arguments);
int platforms_command(const Arguments& arguments);
int import_command(const Arguments& arguments);
int export_command(const Arguments& arguments);
int calibrate_command(const Arguments& arguments);
int dram_command(const Arguments& arguments);
int registers_command(const Arguments& arguments);
int eval_command(const Arguments& arguments);
int sweep_command(const Arguments& arguments);
int trace_command(const Arguments& arguments);
int compare_command(const Arguments& arguments);
int check_command(const Arguments& arguments);
int vectors_command(const Arguments& arguments);
int program_command(const Arguments& arguments);
int report_command(const Arguments& arguments);
int diff_command(const Arguments& arguments);
int manual_command(const Arguments& arguments);

// What is written about each.
Manual run_manual();
Manual networks_manual();
Manual figures_manual();
Manual platforms_manual();
Manual import_manual();
Manual export_manual();
Manual calibrate_manual();
Manual dram_manual();
Manual registers_manual();
Manual eval_manual();
Manual sweep_manual();
Manual trace_manual();
Manual compare_manual();
Manual check_manual();
Manual vectors_manual();
Manual program_manual();
Manual report_manual();
Manual diff_manual();
Manual manual_manual();

struct Command {
  const char* name;
  const char* summary;
  int (*run)(const Arguments& arguments);
  Manual (*manual)();
};

/// In the order in which they are listed.
const std::vector<Command>& commands();

/// The subcommand of that name. Throws UserError with the nearest name if there is none.
const Command& find_command(const std::string& name);

}  // namespace ernsim::tools
