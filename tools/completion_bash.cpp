#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tools/completion.h"
#include "tools/completion_scripts.h"

namespace ernsim::tools {

namespace {

/// What looks at the line; what it may find is in the variables and the function before it.
constexpr const char* rest = R"bash(
_ernsim() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  local words= list= files= folders= options= key= quote= IFS=$'\n'
  COMPREPLY=()
  # Bash parts words at = and at :, as in "--set", "key", "=", "value".
  if [[ $word == [=:] ]]; then
    word= key=$before
  elif [[ $before == [=:] && $COMP_CWORD -gt 2 ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]} key=$before
  fi
  if ((COMP_CWORD == 1)); then
    list=commands
  elif [[ $command == help ]]; then
    list=commands
  elif [[ -n $key && $key != -* ]]; then
    words=$(compgen -W "$_ernsim_settings" -- "$key=")
    words=${words//"$key="/}
  elif ! _ernsim_value "$command" "$before" || [[ $word == -* ]]; then
    words= list= files= folders=
    _ernsim_word "$command"
    if [[ $word == -* || -z $list$files$folders ]]; then
      words=$options list= files= folders=
    fi
  fi
  if [[ -n $list ]]; then
    list=_ernsim_$list
    words+=$'\n'${!list}
  fi
  if [[ $word == [\"\']* ]]; then
    quote=${word:0:1} word=${word:1}
  fi
  word=${word//\\/}
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  [[ -z $quote ]] && COMPREPLY=("${COMPREPLY[@]// /\\ }")
  [[ -n $files ]] && mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")
  [[ -n $folders && -z $files ]] && mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$word")
  [[ -n $files$folders ]] && compopt -o filenames 2>/dev/null
  [[ " $_ernsim_beginnings " == *" ${list#_ernsim_} "* ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _ernsim ernsim
)bash";

/// In single quotes; those of many words stand in lines.
std::string in_lines(const std::vector<std::string>& words) { return fmt::format("'{}'", fmt::join(words, "\n")); }

/// Assignments that say what is offered.
std::string assignments(const Candidates& found) {
  std::string text = "words=" + in_lines(found.words);
  if (!found.list.empty()) text += " list=" + found.list;
  return text + (found.files ? " files=yes" : "") + (found.folders ? " folders=yes" : "");
}

std::string value_cases() {
  std::string text;
  for (const Command& command : commands())
    for (const auto& option : all_options(command))
      if (!option->format_parameter().empty())
        text += fmt::format("    {}:--{}) {} ;;\n", command.name, option->long_name(),
                            assignments(candidates_of(command.name, *option)));
  return text;
}

std::string word_cases() {
  std::string text;
  for (const Command& command : commands())
    text += fmt::format("    {}) options={} {} ;;\n", command.name, in_lines(option_names(command)),
                        assignments(word_candidates(command)));
  return text;
}

}  // namespace

std::string bash_completion() {
  std::string text = "# Completion of ernsim for bash, made by ernsim manual.\n";
  std::string beginnings;
  for (const char* list : shared_lists) {
    text += fmt::format("_ernsim_{}={}\n", list, in_lines(shared_list(list)));
    if (is_of_beginnings(list)) beginnings += (beginnings.empty() ? "" : " ") + std::string(list);
  }
  text += fmt::format("_ernsim_settings={}\n_ernsim_beginnings='{}'\n", in_lines(settings_by_name()), beginnings);
  text += "\n# What may follow an option, if it takes a value.\n_ernsim_value() {\n  case $1:$2 in\n" + value_cases() +
          "    *) return 1 ;;\n  esac\n}\n";
  text += "\n# A subcommand's options, and its other words.\n_ernsim_word() {\n  case $1 in\n" + word_cases() +
          "  esac\n}\n";
  return text + rest;
}

}  // namespace ernsim::tools
