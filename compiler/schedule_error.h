#pragma once

#include <stdexcept>

namespace ernsim::compiler {

/// A schedule that cannot be read or must not be run; one line that names the place and what is wrong.
class ScheduleError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace ernsim::compiler
