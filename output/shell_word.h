#pragma once

#include <string>

namespace ernsim {

/// The text as a word of a POSIX shell.
std::string shell_word(const std::string& text);

}  // namespace ernsim
