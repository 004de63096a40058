#include "tests/property/evidence.h"

#include <cstring>

#include "compiler/program.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/parameters.h"

namespace ernsim::test {

namespace {

/// Writes down what it is shown, and shows it to the profile.
class Witness : public Observer, public PortObserver, public DramCommandObserver, public PortDataObserver {
 public:
  Witness(Evidence& evidence, ProfileRecorder& profile) : evidence_(evidence), profile_(profile) {}

  void frame_started(Cycle now) override {
    evidence_.frame_start = now;
    profile_.frame_started(now);
  }
  void frame_finished(Cycle now) override { profile_.frame_finished(now); }
  bool sees_cycles() const override { return true; }
  void spent(UnitId unit, Activity activity, std::size_t layer, Cycle begin, Cycle end) override {
    evidence_.named[unit].push_back({activity, layer, {begin, end}});
    profile_.spent(unit, activity, layer, begin, end);
  }
  void instruction(const Instruction& instruction, Cycle start, Cycle end) override {
    profile_.instruction(instruction, start, end);
  }
  void beats(const PortBeats& beats) override {
    auto& list = evidence_.beats[static_cast<std::size_t>(beats.port)];
    for (std::size_t i = 0; i < beats.count; ++i) list.push_back(beat(beats, i));
    ++group_;
  }
  void dram_command(const DramCommand& command) override {
    evidence_.commands.push_back(command);
    profile_.dram_command(command);
  }
  void port_data(const PortData& data) override {
    evidence_.port_data.push_back(data);
    profile_.port_data(data);
  }

 private:
  PortBeat beat(const PortBeats& beats, std::size_t i) const {
    PortBeat made;
    made.cycle = beats.cycles != nullptr ? beats.cycles[i] : beats.first_cycle + static_cast<Cycle>(i);
    made.address =
        beats.addresses != nullptr ? beats.addresses[i] : beats.first_address + static_cast<std::uint32_t>(i);
    if (beats.data != nullptr)
      std::memcpy(&made.value, static_cast<const std::uint8_t*>(beats.data) + i * beats.word_bytes,
                  std::min(beats.word_bytes, sizeof made.value));
    if (beats.instruction != nullptr) made.layer = beats.instruction->at.layer;
    made.group = group_;
    return made;
  }

  Evidence& evidence_;
  ProfileRecorder& profile_;
  std::size_t group_ = 0;
};

}  // namespace

Spans Evidence::spent(UnitId unit, Activity activity, std::size_t layer) const {
  Spans spans;
  for (const Named& each : named[unit])
    if (each.activity == activity && (layer == ~std::size_t{0} || each.layer == layer)) spans.push_back(each.span);
  return merged(spans);
}

Spans Evidence::waits(UnitId unit, StallCause cause) const {
  Spans spans;
  for (const PortBeat& beat : of(Port::stall, unit))
    if (beat.address == static_cast<std::uint32_t>(cause)) spans.push_back({beat.cycle, beat.cycle + beat.value});
  return merged(spans);
}

Evidence evidence_of(RandomCase& chosen) {
  Evidence evidence;
  const auto network = workloads::fold(chosen.graph, workloads::seeded_parameters(chosen.graph, chosen.seed));
  const auto image = workloads::generated_image(chosen.graph.input_height, chosen.graph.input_width, chosen.seed);
  ProfileRecorder profile(chosen.schedule, chosen.config);
  Witness witness(evidence, profile);
  RunOptions options;
  options.profile = &witness;
  options.ports = &witness;
  options.dram_commands = &witness;
  options.port_data = &witness;
  const auto program = compiler::make_program(chosen.schedule, network, image, chosen.config, true);
  evidence.result = run_platform(chosen.config, program, options);
  RunSubject subject{chosen.graph, chosen.config, chosen.schedule, {}, 1, true};
  subject.profile = profile.profile();
  evidence.report = make_run_report(subject, evidence.result);
  return evidence;
}

}  // namespace ernsim::test
