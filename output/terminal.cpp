#include "output/terminal.h"

#include <cstdlib>

namespace ernsim {

std::size_t terminal_columns() {
  const char* const text = std::getenv("COLUMNS");
  const unsigned long columns = text == nullptr ? 0 : std::strtoul(text, nullptr, 10);
  return columns >= 20 ? columns : 100;
}

}  // namespace ernsim
