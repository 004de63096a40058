#pragma once

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/system/cli_program.h"

namespace ernsim::cli {

/// Bad input ends with one line on standard error, status 2, nothing on standard output and no new file.
inline std::string refused(const std::string& arguments, const Scratch& scratch) {
  const auto before = scratch.names();
  const auto ended = program(arguments, scratch);
  INFO(arguments << "\n" << ended.err);
  CHECK(ended.status == 2);
  CHECK(ended.out.empty());
  CHECK_THAT(ended.err, Catch::StartsWith("ernsim: "));
  CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
  CHECK(scratch.names() == before);
  return ended.err;
}

inline std::string refused(const std::string& arguments) { return refused(arguments, Scratch()); }

}  // namespace ernsim::cli
