#pragma once

#include "tests/rtl/bench/rtl.h"

namespace ernsim::rtl {

/// Runs one case on both sides and compares. `fault` is what is wrong with the case or the contract itself.
struct CaseResult {
  std::string fault;
  Verdict verdict;
  std::size_t events = 0;
};

CaseResult check_case(const Stimulus& stimulus, RtlFactory factory);

/// `ERNSIM_RTL_CASES` or `usual`.
int case_count(int usual);

}  // namespace ernsim::rtl
