#pragma once

#include <cstddef>

namespace ernsim::test {

/// Calls of operator new in this program so far.
std::size_t allocations();

}  // namespace ernsim::test
