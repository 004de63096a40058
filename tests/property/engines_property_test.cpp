#include <catch2/catch.hpp>
#include <cstdlib>
#include <fmt/format.h>

#include "compiler/program.h"
#include "models/platform/run.h"
#include "tests/property/random_case.h"
#include "tools/forked.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/parameters.h"
#include "workloads/reference_executor.h"

// Random networks, platforms and schedules: whatever can be seen of a run is the same with both engines of time.
// ERNSIM_PROPERTY_CASES: how many cases (default 200, a multiple of 4). ERNSIM_PROPERTY_SEED: the first seed (default 1).

using namespace ernsim;

namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// FNV-1a over what is too long to write down.
class Digest {
 public:
  void add(std::uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001b3ULL; }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

/// Writes down when every instruction ran.
class InstructionLog : public Observer {
 public:
  void instruction(const Instruction& instruction, Cycle start, Cycle end) override {
    auto& text = texts_[static_cast<std::size_t>(instruction.unit)];
    text += fmt::format("{} #{} layer {}: {} to {}\n", name_of(instruction.unit),
                        counts_[static_cast<std::size_t>(instruction.unit)]++, instruction.at.layer, start, end);
  }
  std::string text() const {
    std::string all;
    for (const auto& each : texts_) all += each;
    return all;
  }

 private:
  std::array<std::string, unit_count> texts_;
  std::array<int, unit_count> counts_{};
};

std::string describe(const RunResult& result) {
  std::string text = fmt::format("cycles {}, host {} ps, overflows {}, instruction bytes {}\n", result.cycles, result.host_ps,
                                 result.overflows, result.instruction_bytes);
  for (const auto frame : result.frame_ps) text += fmt::format("frame {} ps\n", frame);
  for (std::size_t u = 0; u < unit_count; ++u) {
    const auto& unit = result.units[u];
    text += fmt::format("{}: busy {}, idle {}", name_of(static_cast<UnitId>(u)), unit.busy_cycles, unit.idle_cycles);
    for (const Cycle stalled : unit.stalled_cycles) text += fmt::format(" {}", stalled);
    text += "\n";
  }
  for (const auto& layer : result.layers) {
    text += fmt::format("layer {} to {}, busy {}, read {}, written {}:", layer.start_cycle, layer.end_cycle,
                        layer.array_busy_cycles, layer.dram_read_bytes, layer.dram_write_bytes);
    for (const Cycle stalled : layer.convolution_stalled_cycles) text += fmt::format(" {}", stalled);
    text += "\n";
  }
  const auto& d = result.dram;
  text += fmt::format("dram {} {} {} {} {} {} {} {} {}\n", d.read_bytes, d.write_bytes, d.row_hits, d.row_misses,
                      d.row_conflicts, d.refreshes, d.activates, d.precharges, d.turnarounds);
  for (const float logit : result.logits) text += fmt::format("{} ", logit);
  return text;
}

void require_reference(const workloads::IntegerNetwork& network, const workloads::Image& image, const RunResult& result) {
  const auto reference = workloads::execute_reference(network, image, 16);
  for (std::size_t i = 0; i < reference.logits.size(); ++i)
    if (result.logits.at(i) != static_cast<float>(reference.logits[i]))
      throw std::runtime_error(fmt::format("logit {} is not the reference's", i));
}

std::string run(const test::RandomCase& chosen, EngineKind engine) {
  const auto network = chosen.data ? workloads::fold(chosen.graph, workloads::seeded_parameters(chosen.graph, chosen.seed))
                                   : workloads::without_weights(chosen.graph);
  const auto image = workloads::generated_image(chosen.graph.input_height, chosen.graph.input_width, chosen.seed);
  const Program program = compiler::make_program(chosen.schedule, network, image, chosen.config, chosen.data);
  InstructionLog instructions;
  Digest commands, bytes;
  RunOptions options;
  options.engine = engine;
  options.data = chosen.data;
  options.frames = chosen.frames;
  options.observer = &instructions;
  options.dram_command = [&commands](const DramCommand& command) {
    commands.add(static_cast<std::uint64_t>(command.at));
    commands.add(static_cast<std::uint64_t>(command.kind));
    commands.add(command.bank);
    commands.add(command.row);
  };
  std::vector<std::uint8_t> memory;
  const RunResult result = run_platform(chosen.config, program, options, &memory);
  for (const std::uint8_t byte : memory) bytes.add(byte);
  if (chosen.data) require_reference(network, image, result);
  return describe(result) + fmt::format("\nDRAM commands {:016x}\nexternal memory {:016x}\n", commands.value(), bytes.value()) +
         instructions.text();
}

std::string first_difference(const std::string& step, const std::string& leap) {
  const auto [a, b] = std::mismatch(step.begin(), step.end(), leap.begin(), leap.end());
  if (a == step.end() && b == leap.end()) return "";
  const auto line = [](const std::string& text, std::size_t at) {
    const auto begin = text.rfind('\n', at == 0 ? 0 : at - 1);
    return text.substr(begin == std::string::npos ? 0 : begin + 1, text.find('\n', at) - (begin == std::string::npos ? 0 : begin + 1));
  };
  const auto at = static_cast<std::size_t>(a - step.begin());
  return "step: " + line(step, at) + "\nleap: " + line(leap, at);
}

/// "refused", "equal", or what differs.
std::string compare_engines(std::uint64_t seed) try {
  test::RandomCase chosen;
  try {
    chosen = test::random_case(seed);
  } catch (const ConfigError&) {
    return "refused";
  } catch (const compiler::CompileError&) {
    return "refused";
  }
  const auto texts = tools::map_forked(2, 1, [&chosen](std::size_t i) {
    return run(chosen, i == 0 ? EngineKind::step : EngineKind::leap);
  });
  const std::string difference = first_difference(texts[0], texts[1]);
  return difference.empty() ? "equal" : difference;
} catch (const std::exception& error) {
  return error.what();
}

/// One of four parts of the cases, so that they run side by side.
void check_part(std::uint64_t part) {
  const std::uint64_t cases = setting("ERNSIM_PROPERTY_CASES", 200) / 4;
  const std::uint64_t first = setting("ERNSIM_PROPERTY_SEED", 1) + part * cases;
  const auto outcomes = tools::map_forked(cases, 1, [first](std::size_t i) { return compare_engines(first + i); });
  std::size_t equal = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    INFO("seed " << first + i << "\n" << outcomes[i]);
    CHECK((outcomes[i] == "equal" || outcomes[i] == "refused"));
    equal += outcomes[i] == "equal" ? 1 : 0;
  }
  CHECK(10 * equal >= 6 * cases);  // most draws must fit, or the test shows little
}

}  // namespace

TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, first quarter") { check_part(0); }
TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, second quarter") { check_part(1); }
TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, third quarter") { check_part(2); }
TEST_CASE("stepping and leaping agree on everything: random networks, platforms and schedules, last quarter") { check_part(3); }
