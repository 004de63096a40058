#include "output/message.h"

#include <fmt/format.h>

#include <cstdio>

#include "output/colour.h"
#include "output/printable.h"

namespace ernsim {

namespace {

/// One line whatever the text holds.
void tell(Style style, const char* head, const std::string& text) {
  fmt::print(stderr, "{} {}\n", styled_message(style, head), printable(text, ' '));
}

}  // namespace

void note(const std::string& text) { tell(Style::warning, "ernsim: note:", text); }

void warn(const std::string& text) { tell(Style::warning, "ernsim:", text); }

void complain(const std::string& text) { tell(Style::error, "ernsim:", text); }

}  // namespace ernsim
