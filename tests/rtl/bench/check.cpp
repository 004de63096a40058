#include "tests/rtl/bench/check.h"

#include <cstdlib>

#include "tests/rtl/bench/beats.h"
#include "tests/rtl/bench/lockstep.h"

namespace ernsim::rtl {

CaseResult check_case(const Stimulus& stimulus, RtlFactory factory) {
  CaseResult result;
  const auto rtl = factory(stimulus);
  Lockstep lockstep(stimulus, *rtl);
  if (!lockstep.run()) {
    result.fault = "the C++ units do not finish";
    return result;
  }
  Recording expected(stimulus.shape);
  lockstep.model().report(expected);
  result.fault = expand_beats(stimulus, lockstep.model(), expected);
  if (result.fault.empty()) {
    // The expansion is a third description of the values; the C++ units' are the ones that count.
    Recording model(stimulus.shape), beats(stimulus.shape);
    model.final = lockstep.model().memories();
    beats.final = expected.final;
    result.fault = compare(model, beats).values;
  }
  expected.final = lockstep.model().memories();
  result.verdict = compare(expected, lockstep.recording());
  result.events = expected.events.size();
  return result;
}

int case_count(int usual) {
  const char* given = std::getenv("ERNSIM_RTL_CASES");
  return given == nullptr ? usual : std::atoi(given);
}

}  // namespace ernsim::rtl
