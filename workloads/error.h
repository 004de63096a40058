#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace ernsim::workloads {

/// A network, picture or file that cannot be used; the text is one line: what, where, what is allowed.
class WorkloadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A node of a graph whose inputs do not go together.
class ShapeError : public WorkloadError {
 public:
  ShapeError(const std::string& text, std::size_t node) : WorkloadError(text), node_(node) {}
  std::size_t node() const { return node_; }

 private:
  std::size_t node_;
};

}  // namespace ernsim::workloads
