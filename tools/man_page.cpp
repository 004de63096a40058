#include "tools/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "tools/manual_text.h"

namespace ernsim::tools {

namespace {

constexpr std::size_t source_width = 72;  ///< of lines in a page's source; mandoc likes fewer than 80 bytes

constexpr const char* about =
    "A cycle-accurate simulator of an accelerator of convolutional networks with binary weights and 2-bit activations "
    "on "
    "an FPGA: cycles, DRAM traffic, stalls, resources and energy of a network on a platform, and what passes the "
    "units' "
    "ports.\n"
    "What a subcommand prints goes to standard output, notes and progress to standard error. Files appear complete or "
    "not at all; - as FILE is standard output where an option says so.";

struct Variable {
  const char *name, *meaning;
};

constexpr Variable environment[] = {
    {"COLUMNS", "width of what a terminal shows, for tables that can be narrower; 100 if it is not set"},
    {"NO_COLOR", "if it is not empty, nothing has colours without --color always"},
    {"TERM", "dumb, or none: the terminal shows no colours"},
};

/// For a line's middle: what roff would read as commands, and dashes that a shell must read as they are.
std::string escaped(const std::string& text, bool every_dash) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool of_option = text[i] == '-' && (text.substr(i, 2) == "--" || (i > 0 && text[i - 1] == '-'));
    if (text[i] == '\\')
      made += "\\e";
    else if (text[i] == '-' && (every_dash || of_option))
      made += "\\-";
    else
      made += text[i];
  }
  return made;
}

/// A line that begins with a dot or a quote would be a command.
std::string guarded(const std::string& line) {
  return (!line.empty() && (line[0] == '.' || line[0] == '\'') ? "\\&" : "") + line;
}

std::string verbatim(const std::string& line) { return guarded(escaped(line, true)); }

/// A paragraph.
std::string prose(const std::string& text) {
  std::string made;
  std::istringstream lines(wrapped(text, source_width));
  for (std::string line; std::getline(lines, line);) made += guarded(escaped(line, false)) + "\n";
  return made;
}

std::string paragraphs(const std::string& text) {
  std::string made;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) made += (made.empty() ? "" : ".PP\n") + prose(line);
  return made;
}

std::string title(const std::string& name, const std::string& summary, const std::string& date) {
  std::string capitals = name;
  std::transform(name.begin(), name.end(), capitals.begin(), [](unsigned char c) { return std::toupper(c); });
  return fmt::format(".TH {} 1 \"{}\" \"ernsim {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", escaped(capitals, true),
                     date, ERNSIM_VERSION, escaped(name, true), summary);
}

/// One use in the synopsis; its first word is the subcommand.
std::string usage_text(const std::string& usage) {
  const std::size_t space = std::min(usage.find(' '), usage.size());
  return fmt::format("\\fBernsim {}\\fR{}\n", verbatim(usage.substr(0, space)), escaped(usage.substr(space), true));
}

std::string option_text(const boost::program_options::option_description& option) {
  const std::string parameter = option.format_parameter();
  return fmt::format(".TP\n\\fB\\-\\-{}\\fR{}\n{}", escaped(option.long_name(), true),
                     parameter.empty() ? "" : " \\fI" + escaped(parameter, true) + "\\fR", prose(option.description()));
}

std::string options_text(const boost::program_options::options_description& options) {
  std::string text;
  for (const auto& option : options.options()) text += option_text(*option);
  return text;
}

std::string examples_text(const std::vector<Example>& examples) {
  std::string text = examples.empty() ? "" : ".SH EXAMPLES\n";
  for (const Example& each : examples) {
    text += (text.back() == '\n' && &each != &examples.front() ? ".PP\n" : "") + prose(std::string(each.what) + ":");
    text += ".PP\n.nf\n.RS 4\n";
    for (const std::string& command : each.commands) text += verbatim(command) + "\n";
    text += ".RE\n.fi\n";
  }
  return text;
}

std::string exit_text(const std::string& status) { return ".SH EXIT STATUS\n" + prose(status); }

}  // namespace

std::string man_page(const Command& command, const std::string& date) {
  const Manual manual = command.manual();
  std::string text = title(std::string("ernsim-") + command.name, command.summary, date) + ".SH SYNOPSIS\n";
  for (const std::string& usage : manual.usage)
    text += (&usage == &manual.usage.front() ? "" : ".br\n") + usage_text(usage);
  text += ".SH DESCRIPTION\n" + paragraphs(manual.text);
  text += ".SH OPTIONS\n" + options_text(manual.options) + options_text(general_options());
  text += exit_text(manual.exit_status.empty() ? usual_exit_status : manual.exit_status);
  return text + examples_text(manual.examples) + ".SH SEE ALSO\n\\fBernsim\\fR(1)\n";
}

std::string main_man_page(const std::string& date) {
  std::string text = title("ernsim", "cycle-accurate simulator of a CNN accelerator", date);
  text += ".SH SYNOPSIS\n\\fBernsim\\fR SUBCOMMAND [OPTIONS]\n.br\n\\fBernsim help\\fR [SUBCOMMAND]\n";
  text += ".SH DESCRIPTION\n" + paragraphs(about) + ".SH SUBCOMMANDS\n";
  for (const Command& command : commands())
    text += fmt::format(".TP\n\\fBernsim\\-{}\\fR(1)\n{}", command.name, prose(command.summary));
  text += ".TP\n\\fBernsim help\\fR [SUBCOMMAND]\n" + prose("explain a subcommand");
  text += ".TP\n\\fBernsim version\\fR\n" + prose("print the version");
  text += ".SH OPTIONS\n" + options_text(general_options()) + ".SH ENVIRONMENT\n";
  for (const Variable& each : environment) text += fmt::format(".TP\n{}\n{}", each.name, prose(each.meaning));
  return text + exit_text(usual_exit_status);
}

}  // namespace ernsim::tools
