#include "check/check.h"

#include <fmt/format.h>

#include <cstring>

#include "compiler/schedule_error.h"
#include "compiler/schedule_text.h"
#include "config/user_error.h"
#include "models/accelerator/control/register_map.h"
#include "models/accelerator/isa/instruction_codec.h"
#include "output/message.h"
#include "output/output_file.h"
#include "tools/commands.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  po::options_description all("Check");
  all.add_options()("schedule", po::value<std::string>()->value_name("FILE"),
                    "the schedule that was run: what is fetched must be what it says, and a trace without instructions "
                    "or registers gets them from it");
  all.add_options()("like", po::value<std::string>()->value_name("GOLDEN"),
                    "for a bench's trace: the golden one's parameters where it says none, and what was executed by it");
  return all;
}

/// The schedule as the accelerator gets it.
check::Schedule encoded(const std::string& file) {
  const auto schedule = [&file] {
    try {
      return compiler::load_schedule(file);
    } catch (const compiler::ScheduleError& error) {
      throw UserError(error.what());
    }
  }();
  check::Schedule made;
  for (const UnitId unit : each<UnitId>())
    for (const Instruction& instruction : schedule.streams[unit])
      encode(instruction, made.streams[index_of(unit)].emplace_back().data());
  for (std::size_t i = 0; i < semaphore_count; ++i) made.initial_credits[i] = schedule.semaphore_initial[i];
  return made;
}

/// What a whole trace of the model says was executed; nothing if it does not say.
std::optional<check::Schedule> executed(const traces::Reader& golden) {
  const auto instructions = golden.channel("control.instructions"), registers = golden.channel("control.registers");
  if (!instructions || !registers) return std::nullopt;
  check::Schedule made;
  for (traces::RunCursor cursor(golden, *instructions); const auto run = cursor.next();)
    for (std::size_t i = 0; i < run->count && !run->hashed; ++i) {
      const std::uint8_t* bytes = run->data.data() + i * instruction_bytes;
      auto& stream = made.streams.at(bytes[1]);
      if (run->addresses[i] == stream.size()) std::copy_n(bytes, instruction_bytes, stream.emplace_back().data());
    }
  for (traces::RunCursor cursor(golden, *registers); const auto run = cursor.next();)
    for (std::size_t i = 0; i < run->count && !run->hashed; ++i) {
      const std::size_t semaphore = run->addresses[i] - number_of(Register::semaphore_initial);
      if (semaphore < semaphore_count) std::memcpy(&made.initial_credits[semaphore], &run->data[i * 4], 2);
    }
  return made;
}

}  // namespace

int check_command(const Arguments& arguments) {
  const CommandLine line(arguments, options(), 1);
  if (line.positional().size() != 1) throw UserError("check needs a trace");
  try {
    const traces::Reader trace(line.positional()[0]);
    std::optional<check::Schedule> schedule;
    std::optional<traces::Reader> golden;
    if (line.has("like")) {
      golden.emplace(line.get("like"));
      schedule = executed(*golden);
    }
    if (line.has("schedule")) schedule = encoded(line.get("schedule"));
    if (!trace.damage().empty()) warn(fmt::format("{}: {}; what lies before is checked", trace.file(), trace.damage()));
    const check::Report report =
        check::check(trace, schedule ? &*schedule : nullptr, golden ? &golden->header() : nullptr);
    print(to_text(report, trace.header()));
    if (!trace.damage().empty()) return 2;
    return report.violated() ? 1 : 0;
  } catch (const traces::TraceError& error) {
    throw UserError(error.what());
  }
}

Manual check_manual() {
  return {
      {"check TRACE [OPTIONS]"},
      "Checks the written contracts of all units (models/*/README.md, tlm/README.md) on a trace alone: starts, ends, "
      "credits, bursts, beats, panes, sweeps, pixels, and that every word read is what was last written. A line for "
      "each contract that is broken: how often, and where first. Then those that could not be checked, and why.",
      options(),
      "0 all that could be checked are kept, 1 some are broken, 2 the trace cannot be read, or only in part."};
}

}  // namespace ernsim::tools
