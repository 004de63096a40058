#pragma once

#include <string>

namespace ernsim {

/// --color: what a terminal shows, always, or never.
enum class ColourChoice { automatic, always, off };

/// Until it is called, no text has colours. `automatic`: what goes to a terminal, unless TERM is `dumb` or missing or
/// NO_COLOR (no-color.org) says something.
void choose_colour(ColourChoice choice);

/// What a part of a text is.
enum class Style { head, warning, error };

/// The text with the codes of ECMA-48 around it, if what goes to standard output has colours.
std::string styled(Style style, const std::string& text);

/// Same for standard error.
std::string styled_message(Style style, const std::string& text);

}  // namespace ernsim
