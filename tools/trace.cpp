#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <optional>

#include "config/did_you_mean.h"
#include "config/user_error.h"
#include "models/dram/dram_timing.h"
#include "output/output_file.h"
#include "output/staged_file.h"
#include "simulation/result.h"
#include "tools/commands.h"
#include "tools/rtl_option.h"
#include "tools/selection.h"
#include "tools/trace_header.h"
#include "traces/perfetto.h"
#include "traces/reader.h"
#include "traces/vcd.h"
#include "traces/writer.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

constexpr Cycle most_cycles = Cycle{1} << 60;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description trace("Trace");
  trace.add_options()("out", text("FILE"), "the trace");
  trace.add_options()("detail", text("data|hash"), "hash: two hashes in the place of a run's beats (default data)");
  trace.add_options()("units", text("A,B"), "only ports of these units (default all)");
  trace.add_options()("layers", text("A,B"), "only beats of these layers (default all)");
  trace.add_options()("cycles", text("FIRST:LAST"), "only these cycles, both included; either may be missing");
  trace.add_options()("engine", text("step|leap"), "as in ernsim run (default leap)");
  add_rtl_option(trace);
  trace.add_options()("vcd", text("FILE"), "also as waveforms of the ports, for GTKWave");
  trace.add_options()("perfetto", text("FILE"), "also as a timeline of instructions, stalls and DRAM traffic");
  po::options_description all = selection_options();
  all.add(trace);
  return all;
}

std::vector<std::string> parts(const std::string& text, char separator) {
  std::vector<std::string> found;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    found.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return found;
}

void add_units(traces::Filter& filter, const std::string& text, const std::vector<traces::Channel>& channels) {
  std::vector<std::string> known;
  for (const auto& channel : channels)
    if (std::find(known.begin(), known.end(), channel.unit()) == known.end()) known.push_back(channel.unit());
  for (const auto& unit : parts(text, ',')) {
    if (std::find(known.begin(), known.end(), unit) == known.end())
      throw UserError(fmt::format("--units: no unit '{}'{}; there are {}", unit, did_you_mean(unit, known),
                                  fmt::join(known, ", ")));
    filter.units.insert(unit);
  }
}

void add_layers(traces::Filter& filter, const std::string& text, const compiler::Schedule& schedule) {
  std::vector<std::string> known;
  for (const auto& layer : schedule.layers) known.push_back(layer.name);
  for (const auto& name : parts(text, ',')) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end())
      throw UserError(fmt::format("--layers: no layer '{}'{}", name, did_you_mean(name, known)));
    filter.layers.insert(static_cast<std::uint16_t>(found - known.begin()));
  }
}

void set_window(traces::Filter& filter, const std::string& text) {
  const auto ends = parts(text, ':');
  if (ends.size() != 2) throw UserError(fmt::format("--cycles '{}': FIRST:LAST is expected", text));
  if (!ends[0].empty()) filter.first_cycle = parse_integer("cycles", ends[0], 0, most_cycles);
  if (!ends[1].empty()) filter.last_cycle = parse_integer("cycles", ends[1], 0, most_cycles);
  if (filter.first_cycle > filter.last_cycle)
    throw UserError(fmt::format("--cycles '{}': the first is later than the last", text));
}

/// What the trace holds, also as waveforms and as a timeline.
struct Views {
  explicit Views(const CommandLine& line) {
    if (line.has("vcd")) vcd.emplace(line.get("vcd"));
    if (line.has("perfetto")) perfetto.emplace(line.get("perfetto"));
  }
  void write(const traces::Reader& trace, const DramConfig& dram) {
    if (vcd) traces::write_vcd(trace, 0, never, vcd->stream());
    if (perfetto) traces::write_perfetto(trace, 0, never, dram_access_bytes(dram), perfetto->stream());
  }
  void commit() {
    if (vcd) vcd->commit();
    if (perfetto) perfetto->commit();
  }

  std::optional<StagedFile> vcd, perfetto;
};

Job traced_job(const CommandLine& line) {
  Job job = make_job(line);
  const bool step = parse_choice("engine", line.get("engine", "leap"), {"step", "leap"}) == "step";
  job.run.engine = step ? EngineKind::step : EngineKind::leap;
  job.run.makers = rtl_replacements(line, job.platform);
  return job;
}

}  // namespace

int trace_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  if (!line.has("out")) throw UserError("trace needs --out FILE");
  for (const char* option : {"vcd", "perfetto"})
    if (line.get(option) == line.get("out")) line.reject_together("out", option, "both write to the same file");
  if (line.has("vcd") && line.get("vcd") == line.get("perfetto"))
    line.reject_together("vcd", "perfetto", "both write to the same file");
  const bool hashed = parse_choice("detail", line.get("detail", "data"), {"data", "hash"}) == "hash";
  if (hashed && line.has("vcd")) line.reject_together("detail", "vcd", "waveforms show the beats that hashes replace");
  StagedFile file(line.get("out"));
  Views views(line);
  CompiledJob compiled = compiled_with_notes(traced_job(line));
  const traces::Header header = trace_header(compiled, hashed);
  traces::Filter filter;
  if (line.has("units")) add_units(filter, line.get("units"), header.channels);
  if (line.has("layers")) add_layers(filter, line.get("layers"), compiled.schedule);
  if (line.has("cycles")) set_window(filter, line.get("cycles"));
  traces::Writer writer(file.stream(), header, filter);
  compiled.job.run.ports = &writer;
  RunResult result;
  try {
    result = simulated(compiled).run;
  } catch (const std::runtime_error& error) {
    if (!file.stream()) throw;  // it cannot be written
    writer.finish();
    file.close();
    file.commit();
    throw std::runtime_error(fmt::format("{}; {} has what came before", error.what(), line.get("out")));
  }
  writer.finish();
  file.close();
  const traces::Reader trace(file.staging());
  views.write(trace, compiled.job.platform.dram);
  print(fmt::format("{} cycles, {} beats, {} bytes\n", result.cycles, trace.beats(), trace.bytes()));
  views.commit();
  file.commit();
  return 0;
}

std::string trace_help() {
  return fmt::format(
      "usage: ernsim trace --network NAME|FILE --out FILE [OPTIONS]\n\n"
      "Simulates one frame and writes what passes the units' ports, and when. traces/FORMAT.md describes the "
      "file.\n\n{}",
      fmt::streamed(options()));
}

}  // namespace ernsim::tools
