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

/// Where the Verilated model comes from: nowhere, or the middle of another case, through a cycle of reset.
enum class Before { nothing, other_work };

/// Runs one case on both sides and compares.
CaseResult check_case(RandomCase random, const Shape& shape, std::uint32_t seed, RtlFactory factory, Before before);

/// `ERNSIM_RTL_CASES` or `usual`.
int case_count(int usual);

}  // namespace ernsim::rtl
