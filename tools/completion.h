#pragma once

#include <string>
#include <vector>

#include "tools/commands.h"

namespace ernsim::tools {

/// What may follow an option, or stand as a word by itself.
struct Candidates {
  std::vector<std::string> words;
  std::string list;  ///< or the name of one of shared_lists
  bool files = false, folders = false;
};

/// Of an option by its name and the name of its value: "FILE", "on|off".
Candidates candidates_of(const std::string& command, const boost::program_options::option_description& option);

/// Of the words that are no options.
Candidates word_candidates(const Command& command);

/// Those of the subcommand, then those that all have.
using Options = std::vector<boost::shared_ptr<boost::program_options::option_description>>;
Options all_options(const Command& command);

/// "--network" and all others that the subcommand has.
std::vector<std::string> option_names(const Command& command);

/// A list by its name, as it is now. Keys end in "=", and what follows is not in the list; figures begin a constraint.
/// Objectives are of two words: "max fps".
std::vector<std::string> shared_list(const std::string& name);
inline constexpr const char* shared_lists[] = {"commands",      "networks",     "platforms", "parts",     "keys",
                                               "platform_keys", "network_keys", "figures",   "objectives"};
/// Whether its words are the beginning of what is meant.
bool is_of_beginnings(const std::string& list);

/// What may follow `KEY=` of --set: "KEY=NAME" for parameters that are names or true and false.
std::vector<std::string> settings_by_name();

}  // namespace ernsim::tools
