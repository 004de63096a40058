#pragma once

#include <stdexcept>

namespace ernsim::workloads {

/// A network, picture or file that cannot be used; the text is one line: what, where, what is allowed.
class WorkloadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace ernsim::workloads
