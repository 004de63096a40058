#include <cstdio>

#include "tests/rtl/bench/check.h"
#include "tests/rtl/bench/random_stimulus.h"
#include "tests/rtl/bench/shapes.h"

// Prints which comparisons ("values order cycles", or fewer) notice that a Verilated model is not the one it should be.
// ERNSIM_RTL_MODEL, ERNSIM_RTL_SHAPE and ERNSIM_RTL_RANDOM say which model it is and how its cases are drawn.

using namespace ernsim::rtl;

namespace {

/// Until all three comparisons have noticed something. False if a case is faulty itself.
bool run_cases(Before before, Verdict& found) {
  const int cases = case_count(60);
  for (int seed = 0; seed < cases; ++seed) {
    const CaseResult result =
        check_case(ERNSIM_RTL_RANDOM, ERNSIM_RTL_SHAPE(), static_cast<std::uint32_t>(seed), ERNSIM_RTL_MODEL, before);
    if (!result.fault.empty()) {
      std::fprintf(stderr, "error: seed %d: %s\n", seed, result.fault.c_str());
      return false;
    }
    if (found.values.empty()) found.values = result.verdict.values;
    if (found.order.empty()) found.order = result.verdict.order;
    if (found.cycles.empty()) found.cycles = result.verdict.cycles;
    if (!found.values.empty() && !found.order.empty() && !found.cycles.empty()) break;
  }
  return true;
}

}  // namespace

int main() {
  Verdict found;
  if (!run_cases(Before::nothing, found)) return 1;
  // A register that is wrong in time may forget reset as well: that does not count.
  if (found.equal() && !run_cases(Before::other_work, found)) return 1;
  for (const auto& [name, text] :
       {std::pair{"values", &found.values}, {"order", &found.order}, {"cycles", &found.cycles}}) {
    if (!text->empty()) std::printf("%s ", name);
    if (!text->empty()) std::fprintf(stderr, "%s: %s\n", name, text->c_str());
  }
  std::printf("\n");
  return 0;
}
