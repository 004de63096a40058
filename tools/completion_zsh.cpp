#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tools/completion.h"
#include "tools/completion_scripts.h"

namespace ernsim::tools {

namespace {

/// For the description of an option, between quotes of the shell.
std::string escaped(const std::string& text) {
  std::string made;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') made += '\\';
    made += c == '\'' ? "'\\''" : std::string{c};
  }
  return made;
}

/// What _arguments does for a value, or a word.
std::string action(const Candidates& found) {
  if (!found.words.empty()) return fmt::format("({})", fmt::join(found.words, " "));
  if (found.list.empty() && !found.files && !found.folders) return " ";
  return fmt::format(" _ernsim_offer {}{}{}", found.list, found.files ? " files" : "", found.folders ? " folders" : "");
}

std::string option_text(const Command& command, const boost::program_options::option_description& option) {
  const std::string name = option.long_name(), value = option.format_parameter();
  const std::string meaning = escaped(option.description());
  if (value.empty()) return fmt::format(" \\\n      '--{}[{}]'", name, meaning);
  return fmt::format(" \\\n      '*--{}=[{}]:{}:{}'", name, meaning, escaped(value),
                     action(candidates_of(command.name, option)));
}

std::string command_case(const Command& command) {
  std::string text = fmt::format("    {}) _arguments", command.name);
  for (const auto& option : all_options(command)) text += option_text(command, *option);
  const Candidates words = word_candidates(command);
  if (!words.list.empty() || words.files || words.folders) text += fmt::format(" \\\n      '*:word:{}'", action(words));
  return text + " ;;\n";
}

std::string in_quotes(const std::vector<std::string>& words) { return fmt::format("'{}'", fmt::join(words, "' '")); }

/// What a list offers; keys, and behind KEY= the names of its values.
std::string list_case(const std::string& list) {
  const bool begins = is_of_beginnings(list);
  const bool keys = begins && list != "figures";
  return fmt::format("      {}) {}compadd {}-- {} ;;\n", list,
                     keys ? "[[ $PREFIX == *=* ]] && compadd -a settings; " : "", begins ? "-S '' " : "",
                     in_quotes(shared_list(list)));
}

}  // namespace

std::string zsh_completion() {
  std::string text = "#compdef ernsim\n# Completion of ernsim for zsh, made by ernsim manual.\n\n_ernsim_offer() {\n";
  text += fmt::format("  local -a settings=({})\n", in_quotes(settings_by_name()));
  text += "  local each\n  for each in \"$@\"; do\n    case $each in\n";
  for (const char* list : shared_lists) text += list_case(list);
  text += "      files) _files ;;\n      folders) _files -/ ;;\n    esac\n  done\n}\n\n_ernsim() {\n";
  text += "  local -a commands=(\n";
  for (const Command& command : commands())
    text += fmt::format("    '{}:{}'\n", command.name, escaped(command.summary));
  text += "    'help:explain a subcommand'\n    'version:print the version'\n  )\n";
  text += "  if ((CURRENT == 2)); then\n    _describe subcommand commands\n    return\n  fi\n";
  text += "  shift words\n  ((CURRENT--))\n  case $words[1] in\n    help) _ernsim_offer commands ;;\n";
  for (const Command& command : commands()) text += command_case(command);
  return text + "  esac\n}\n\n_ernsim \"$@\"\n";
}

}  // namespace ernsim::tools
