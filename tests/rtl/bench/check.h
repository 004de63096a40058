#pragma once

#include "tests/rtl/bench/rtl.h"

namespace ernsim::rtl {

/// `fault` is what is wrong with the case or the contract itself.
struct CaseResult {
  std::string fault;
  Verdict verdict;
  std::size_t events = 0;
};

using RandomCase = Stimulus (*)(const Shape& shape, std::uint32_t seed);

/// Runs one case on both sides and compares. In every third one the Verilated model comes from the middle of another.
CaseResult check_case(RandomCase random, const Shape& shape, std::uint32_t seed, RtlFactory factory);

/// `ERNSIM_RTL_CASES` or `usual`.
int case_count(int usual);

}  // namespace ernsim::rtl
