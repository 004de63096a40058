#pragma once

#include <functional>

namespace ernsim::tools {

/// What `work` returns; 2 after one line on standard error if it throws UserError, the user's mistake, or finds no such
/// file or folder, as where the working directory is gone; 1 likewise for anything else, which is a fault of the
/// program or of what it runs on.
int exit_status_of(const std::function<int()>& work);

}  // namespace ernsim::tools
