#include "tests/property/attribution.h"

#include "compiler/schedule_error.h"
#include "simulation/forked.h"

namespace ernsim::test {

RandomCase next_case(std::uint64_t& seed, const Change& change) {
  while (true) {
    RandomCase chosen(seed++);
    if (!chosen.data) continue;
    chosen.frames = 1;
    change(chosen.config);
    try {
      validate(chosen.config);
      chosen.make_schedule();
      return chosen;
    } catch (const ConfigError&) {
    } catch (const compiler::CompileError&) {
    }
  }
}

void check_cases(std::size_t count, const Attribution& faults, const Change& change) {
  std::uint64_t seed = 1;
  std::vector<RandomCase> cases;
  while (cases.size() < count) cases.push_back(next_case(seed, change));
  const auto verdicts = map_forked(count, 1, [&](std::size_t i) { return faults(cases[i], evidence_of(cases[i])); });
  for (std::size_t i = 0; i < count; ++i) {
    INFO("seed " << cases[i].seed << "\n" << verdicts[i] << cases[i].description());
    CHECK(verdicts[i].empty());
  }
}

}  // namespace ernsim::test
