#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "config/did_you_mean.h"
#include "config/user_error.h"
#include "output/output_file.h"
#include "output/staged_file.h"
#include "simulation/result.h"
#include "tools/commands.h"
#include "tools/rtl_option.h"
#include "tools/selection.h"
#include "tools/trace_header.h"
#include "tools/trace_views.h"
#include "traces/reader.h"
#include "traces/writer.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

/// Waveforms count picoseconds in 63 bits, and a clock of 1 MHz has less than 2^20 of them in a cycle.
constexpr Cycle most_cycles = Cycle{1} << 40;

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
  add_view_options(trace);
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

/// The trace: a file that was asked for, or one that goes away behind its views.
class TraceFile {
 public:
  explicit TraceFile(const CommandLine& line) {
    if (line.has("out")) kept_.emplace(line.get("out"));
  }
  /// Where one that goes away is.
  void put_beside(const TraceViews& views) { folder_ = views.temporary_folder(); }
  std::ostream& stream() { return kept_ ? kept_->stream() : own().stream(); }
  std::string path() { return kept_ ? kept_->staging() : own().path().string(); }
  void close() { kept_ ? kept_->close() : own().close(); }
  bool is_kept() const { return kept_.has_value(); }
  void commit() {
    if (kept_) kept_->commit();
  }

 private:
  TemporaryFile& own() { return own_ ? *own_ : own_.emplace(folder_, "a trace for its views"); }

  std::optional<StagedFile> kept_;
  std::optional<TemporaryFile> own_;
  std::filesystem::path folder_;
};

/// Throws UserError for outputs that contradict each other.
void check_outputs(const CommandLine& line) {
  const std::vector<std::string> outputs{"out", "vcd", "fst", "perfetto"};
  const auto given = [&line](const std::string& option) { return line.has(option); };
  if (std::none_of(outputs.begin(), outputs.end(), given))
    throw UserError("trace needs --out, --vcd, --fst or --perfetto FILE");
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t j = i + 1; j < outputs.size(); ++j)
      if (line.get(outputs[i]) == line.get(outputs[j]))
        line.reject_together(outputs[i], outputs[j], "both write to the same file");
  if (parse_choice("detail", line.get("detail", "data"), {"data", "hash"}) == "data") return;
  for (const char* waves : {"vcd", "fst"})
    line.reject_together("detail", waves, "waveforms show the beats that hashes replace");
}

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
  check_outputs(line);
  TraceFile file(line);
  TraceViews views(line);
  if (!file.is_kept()) file.put_beside(views);
  CompiledJob compiled = ernsim::compiled(traced_job(line));
  const traces::Header header = trace_header(compiled, line.get("detail") == "hash");
  traces::Filter filter;
  if (line.has("units")) add_units(filter, line.get("units"), header.channels);
  if (line.has("layers")) add_layers(filter, line.get("layers"), compiled.schedule);
  if (line.has("cycles")) set_window(filter, line.get("cycles"));
  say_notes(compiled);
  traces::Writer writer(file.stream(), header, filter);
  compiled.job.run.ports = &writer;
  RunResult result;
  try {
    result = simulated(compiled).run;
  } catch (const std::runtime_error& error) {
    if (!file.stream() || !file.is_kept()) throw;  // it cannot be written, or nobody wants it
    writer.finish();
    file.close();
    file.commit();
    throw std::runtime_error(fmt::format("{}; {} has what came before", error.what(), line.get("out")));
  }
  writer.finish();
  file.close();
  const traces::Reader trace(file.path());
  views.write(trace, filter.first_cycle, compiled.job.platform.dram);
  print(fmt::format("{} cycles, {} beats, {} bytes\n", result.cycles, trace.beats(), trace.bytes()));
  views.commit();
  file.commit();
  return 0;
}

Manual trace_manual() {
  return {{"trace --network NAME|FILE [--out FILE] [--vcd FILE] [--fst FILE] [--perfetto FILE] [OPTIONS]"},
          "Simulates one frame and writes what passes the units' ports, and when: as a trace (traces/FORMAT.md), as "
          "waveforms or as a timeline.",
          options(),
          "",
          {{"the first cycles as waveforms",
            {"ernsim trace --network ERNs18 --cycles :5000 --fst wave.fst", "gtkwave wave.fst wave.gtkw"}}}};
}

}  // namespace ernsim::tools
