#include "tools/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "config/did_you_mean.h"
#include "config/user_error.h"
#include "output/colour.h"

namespace ernsim::tools {

namespace po = boost::program_options;

namespace {

std::vector<std::string> names_of(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

po::parsed_options parse(const Arguments& arguments, const po::options_description& options) {
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  return po::command_line_parser(arguments).options(options).style(style).allow_unregistered().run();
}

po::options_description with_general(const po::options_description& options) {
  po::options_description all;
  all.add(options).add(general_options());
  return all;
}

const std::map<std::string, ColourChoice> colour_choices{
    {"auto", ColourChoice::automatic}, {"always", ColourChoice::always}, {"never", ColourChoice::off}};

/// Throws UserError for an option with an empty value: none means anything by it.
void require_values(const po::parsed_options& parsed) {
  for (const auto& option : parsed.options)
    if (!option.unregistered && option.position_key < 0 &&
        std::find(option.value.begin(), option.value.end(), "") != option.value.end())
      throw UserError(fmt::format("--{} '': must not be empty", option.string_key));
}

}  // namespace

po::options_description general_options() {
  po::options_description general("Everywhere");
  general.add_options()("color", po::value<std::string>()->value_name("auto|always|never"),
                        "colours (default auto: on a terminal, unless NO_COLOR is set)");
  general.add_options()("help,h", po::bool_switch(), "print this text");
  return general;
}

void follow_colour(const Arguments& words) {
  const std::string option = "--color";
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string when;
    if (words[i] == option && i + 1 < words.size()) when = words[i + 1];
    if (words[i].rfind(option + "=", 0) == 0) when = words[i].substr(option.size() + 1);
    if (const auto found = colour_choices.find(when); found != colour_choices.end()) choose_colour(found->second);
  }
}

Arguments with_value(Arguments words, const std::string& option, const std::string& value) {
  for (auto word = words.begin(); word != words.end(); ++word)
    if (*word == option && (word + 1 == words.end() || (word + 1)->rfind("--", 0) == 0))
      word = words.insert(word + 1, value);
  return words;
}

CommandLine::CommandLine(const Arguments& arguments, const po::options_description& own,
                         std::size_t positional_count) try {
  const po::options_description options = with_general(own);
  auto parsed = parse(arguments, options);
  auto is_other = [](const po::option& option) { return option.unregistered || option.position_key >= 0; };
  for (const auto& option : parsed.options) {
    if (!is_other(option)) continue;
    const std::string& word = option.original_tokens.front();
    if (option.unregistered && word != "-")
      throw UserError(
          fmt::format("unknown option {}{}", word,
                      did_you_mean(word.substr(0, word.find('=')), names_of(options), "--help lists the options")));
    if (positional_.size() == positional_count) throw UserError(fmt::format("unexpected argument '{}'", word));
    positional_.push_back(word);
  }
  auto& known = parsed.options;
  known.erase(std::remove_if(known.begin(), known.end(), is_other), known.end());
  require_values(parsed);
  po::store(parsed, values_);
  if (has("color")) choose_colour(colour_choices.at(parse_choice("color", get("color"), {"auto", "always", "never"})));
} catch (const po::error& error) {
  throw UserError(error.what());
}

std::string CommandLine::get(const std::string& option, const std::string& otherwise) const {
  return has(option) ? values_[option].as<std::string>() : otherwise;
}

CommandLine CommandLine::with_positional_as(const std::string& option) const {
  CommandLine made = *this;
  if (positional_.empty()) return made;
  if (has(option)) throw UserError(fmt::format("unexpected argument '{}': --{} is given", positional_[0], option));
  made.values_.emplace(option, po::variable_value(boost::any(positional_[0]), false));
  made.positional_.clear();
  return made;
}

std::vector<std::string> CommandLine::list(const std::string& option) const {
  return has(option) ? values_[option].as<std::vector<std::string>>() : std::vector<std::string>{};
}

void CommandLine::reject_together(const std::string& a, const std::string& b, const std::string& why) const {
  if (has(a) && has(b)) throw UserError(fmt::format("--{} and --{} contradict each other: {}", a, b, why));
}

}  // namespace ernsim::tools
