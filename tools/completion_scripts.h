#pragma once

#include <string>

namespace ernsim::tools {

/// For bash: to be sourced, or found as bash-completion/completions/ernsim.
std::string bash_completion();

/// For zsh: to be found as _ernsim in its function path.
std::string zsh_completion();

}  // namespace ernsim::tools
