#pragma once

#include <cstddef>

namespace ernsim {

/// Columns that a table may take: the environment variable COLUMNS, if it is a number of 20 or more, otherwise 100.
std::size_t terminal_columns();

}  // namespace ernsim
