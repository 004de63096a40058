#pragma once

#include <algorithm>
#include <string>

namespace ernsim {

/// Without control characters, so that a name that others chose stays on its line and cannot steer a terminal.
inline std::string printable(std::string text, char instead = '?') {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; }, instead);
  return text;
}

}  // namespace ernsim
