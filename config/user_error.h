#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace ernsim {

/// Something the user gave cannot be used. The program prints the text as one line and ends with exit status 2.
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Runs `prepare`, which reads only what the user gave, so that whatever fails in it is the input's fault.
template <class Prepare>
auto from_user(Prepare&& prepare) -> decltype(prepare()) {
  try {
    return std::forward<Prepare>(prepare)();
  } catch (const std::runtime_error& error) {
    throw UserError(error.what());
  }
}

}  // namespace ernsim
