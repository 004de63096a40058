#include "tests/rtl/bench/check.h"

#include <algorithm>
#include <cstdlib>

#include "tests/rtl/bench/beats.h"
#include "tests/rtl/bench/draw.h"
#include "tests/rtl/bench/lockstep.h"

namespace ernsim::rtl {

namespace {

constexpr std::uint32_t unused_seeds = 1000000;

/// A cycle soon before or after something happens, often an end.
Cycle eventful(const Recording& recording, Draw& draw) {
  std::vector<Cycle> all, ends;
  for (const Event& event : recording.events) {
    all.push_back(event.cycle);
    if (event.channel == Channel::convolution_finish || event.channel == Channel::quantization_finish)
      ends.push_back(event.cycle);
  }
  const auto& chosen = !ends.empty() && draw.one_in(2) ? ends : all;
  if (chosen.empty()) return 1;
  return std::max<Cycle>(1, chosen[draw.bits() % chosen.size()] + draw.between(-10, 2));
}

/// Runs a case to its end to see when something happens, and once more until about then.
void leave_in_the_middle(const Stimulus& stimulus, Rtl& rtl) {
  Draw draw(stimulus.seed);
  Lockstep whole(stimulus, rtl);
  whole.run();
  Lockstep(stimulus, rtl).run_for(eventful(whole.recording(), draw));
}

}  // namespace

CaseResult check_case(RandomCase random, const Shape& shape, std::uint32_t seed, RtlFactory factory, Before before) {
  CaseResult result;
  const auto rtl = factory();
  if (before == Before::other_work) leave_in_the_middle(random(shape, seed + unused_seeds), *rtl);
  const Stimulus stimulus = random(shape, seed);
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
