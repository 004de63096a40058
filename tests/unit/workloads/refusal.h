#pragma once

#include <string>

#include "workloads/error.h"

namespace ernsim::test {

/// The text of the WorkloadError that `action` throws; empty if it throws nothing. Other exceptions pass.
template <class Action>
std::string refusal_of(const Action& action) try {
  action();
  return {};
} catch (const workloads::WorkloadError& error) {
  return error.what();
}

inline bool is_one_line(const std::string& text) { return !text.empty() && text.find('\n') == std::string::npos; }

}  // namespace ernsim::test
