#include <catch2/catch.hpp>
#include <cstdlib>

#include "simulation/forked.h"
#include "tests/property/traced_case.h"
#include "tests/unit/traces/sample_trace.h"

// The checker of contracts on random networks, platforms and schedules: it finds nothing, and looks at everything.
// ERNSIM_CHECK_CASES: how many cases (default 12). ERNSIM_CHECK_SEED: the first seed (default 1).

using namespace ernsim;

namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::vector<test::RandomCase> cases(std::size_t count) {
  std::vector<test::RandomCase> list;
  std::uint64_t seed = setting("ERNSIM_CHECK_SEED", 1);
  while (list.size() < count) list.push_back(test::next_case_with_data(seed));
  return list;
}

/// "kept", or what is broken.
std::string verdict(const std::string& bytes, const check::Schedule* schedule) {
  const test::TraceFile file(bytes);
  const traces::Reader trace(file.path());
  const check::Report report = check::check(trace, schedule);
  return report.violated() ? to_text(report, trace.header()) : "kept";
}

void check_all(const std::vector<test::RandomCase>& list,
               const std::function<std::string(const test::RandomCase&)>& verdict_of) {
  const auto verdicts = map_forked(list.size(), 1, [&](std::size_t i) { return verdict_of(list[i]); });
  for (std::size_t i = 0; i < list.size(); ++i) {
    INFO("seed " << list[i].seed << "\n" << verdicts[i] << list[i].description());
    CHECK(verdicts[i] == "kept");
  }
}

}  // namespace

TEST_CASE("on random platforms every contract is kept") {
  check_all(cases(setting("ERNSIM_CHECK_CASES", 12)), [](const test::RandomCase& chosen) {
    const auto schedule = test::schedule_of(chosen);
    return verdict(test::traced_case(chosen), &schedule);
  });
}

TEST_CASE("traces of hashes, of some cycles, units or layers, and truncated ones give no false alarm") {
  const auto list = cases(4);
  check_all(list, [](const test::RandomCase& chosen) { return verdict(test::traced_case(chosen, true), nullptr); });
  check_all(list, [](const test::RandomCase& chosen) {
    traces::Filter some;
    some.layers = {1};
    const auto schedule = test::schedule_of(chosen);
    return verdict(test::traced_case(chosen, false, some), &schedule);
  });
  for (const Cycle first : {2000, 5000, 9000})
    check_all(list, [first](const test::RandomCase& chosen) {
      traces::Filter window;
      window.first_cycle = first;
      window.last_cycle = first + 6000;
      const auto schedule = test::schedule_of(chosen);
      return verdict(test::traced_case(chosen, false, window), first == 5000 ? &schedule : nullptr);
    });
  for (const char* unit : {"convolution", "quantization", "store", "load_activations", "load_weights", "control"})
    check_all(list, [unit](const test::RandomCase& chosen) {
      traces::Filter some;
      some.units = {unit, "semaphores"};
      const auto schedule = test::schedule_of(chosen);
      return verdict(test::traced_case(chosen, false, some), &schedule);
    });
}

TEST_CASE("a truncated trace is checked as far as it goes, wherever it ends") {
  const auto list = cases(2);
  check_all(list, [](const test::RandomCase& chosen) {
    const std::string bytes = test::traced_case(chosen);
    for (int part = 1; part < 16; ++part) {
      const std::size_t body = test::body_of(bytes);
      const std::string text =
          verdict(bytes.substr(0, body + (bytes.size() - body) * static_cast<std::size_t>(part) / 16), nullptr);
      if (text != "kept") return text;
    }
    return std::string("kept");
  });
}
