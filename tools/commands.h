#pragma once

#include <string>
#include <vector>

#include "tools/command_line.h"

namespace ernsim::tools {

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

// What `ernsim help SUBCOMMAND` prints.
std::string run_help();
std::string networks_help();
std::string figures_help();
std::string platforms_help();
std::string import_help();
std::string export_help();
std::string calibrate_help();
std::string dram_help();
std::string registers_help();
std::string eval_help();
std::string sweep_help();
std::string trace_help();
std::string compare_help();
std::string check_help();
std::string vectors_help();
std::string program_help();
std::string report_help();
std::string diff_help();

struct Command {
  const char* name;
  const char* summary;
  int (*run)(const Arguments& arguments);
  std::string (*help)();
};

/// In the order in which they are listed.
const std::vector<Command>& commands();

/// The subcommand of that name. Throws UserError with the nearest name if there is none.
const Command& find_command(const std::string& name);

/// The list of subcommands.
std::string general_help();

}  // namespace ernsim::tools
