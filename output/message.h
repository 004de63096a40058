#pragma once

#include <string>

namespace ernsim {

// One line each; control characters become spaces.

/// "ernsim: note: TEXT" on standard error: what a result does not show by itself.
void note(const std::string& text);

/// "ernsim: TEXT" on standard error: something is wrong, and the command goes on.
void warn(const std::string& text);

/// "ernsim: TEXT" on standard error: the command ends for this.
void complain(const std::string& text);

}  // namespace ernsim
