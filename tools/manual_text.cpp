#include "tools/manual_text.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <sstream>

#include "output/colour.h"

namespace ernsim::tools {

namespace {

constexpr std::size_t help_width = 100;

std::string wrapped_line(const std::string& paragraph, std::size_t width) {
  std::string text, word;
  std::size_t column = 0;
  for (std::istringstream words(paragraph); words >> word; column += word.size()) {
    const bool breaks = column > 0 && column + 1 + word.size() > width;
    if (breaks) column = 0;
    text += breaks ? "\n" : column > 0 ? (++column, " ") : "";
    text += word;
  }
  return text;
}

std::string examples_text(const std::vector<Example>& examples) {
  std::string text;
  for (const Example& each : examples) {
    text += fmt::format("\nExample: {}\n", each.what);
    for (const std::string& command : each.commands) text += fmt::format("  {}\n", command);
  }
  return text;
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t width) {
  std::string made;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) made += wrapped_line(line, width) + "\n";
  return made;
}

std::string help_text(const Command& command) {
  const Manual manual = command.manual();
  std::string text;
  for (const std::string& usage : manual.usage)
    text += fmt::format("{} ernsim {}\n", text.empty() ? styled(Style::head, "usage:") : "      ", usage);
  text += "\n" + wrapped(manual.text, help_width);
  if (!manual.exit_status.empty()) text += wrapped("Exit status: " + manual.exit_status, help_width);
  text += fmt::format("\n{}\n{}", fmt::streamed(manual.options), fmt::streamed(general_options()));
  return text + examples_text(manual.examples);
}

std::string general_help() {
  std::string text = styled(Style::head, "usage:") + " ernsim SUBCOMMAND [OPTIONS]\n\n";
  for (const auto& command : commands()) text += fmt::format("  {:<11}{}\n", command.name, command.summary);
  text += fmt::format("  {:<11}{}\n", "help", "explain a subcommand: ernsim help SUBCOMMAND");
  text += fmt::format("  {:<11}{}\n", "version", "print the version, as --version does");
  return text + fmt::format("\nExit status: {}\n", usual_exit_status);
}

}  // namespace ernsim::tools
