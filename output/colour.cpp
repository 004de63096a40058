#include "output/colour.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace ernsim {

namespace {

ColourChoice chosen = ColourChoice::off;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool has_colours(int descriptor) {
  if (chosen != ColourChoice::automatic) return chosen == ColourChoice::always;
  const std::string terminal = environment("TERM");
  return environment("NO_COLOR").empty() && !terminal.empty() && terminal != "dumb" && ::isatty(descriptor) != 0;
}

/// [Style]: bold, bold yellow, bold red.
constexpr const char* codes[] = {"1", "1;33", "1;31"};

std::string styled_for(int descriptor, Style style, const std::string& text) {
  if (text.empty() || !has_colours(descriptor)) return text;
  return fmt::format("\x1b[{}m{}\x1b[0m", codes[static_cast<int>(style)], text);
}

}  // namespace

void choose_colour(ColourChoice choice) { chosen = choice; }

std::string styled(Style style, const std::string& text) { return styled_for(STDOUT_FILENO, style, text); }

std::string styled_message(Style style, const std::string& text) { return styled_for(STDERR_FILENO, style, text); }

}  // namespace ernsim
