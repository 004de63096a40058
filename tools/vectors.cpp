#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "config/did_you_mean.h"
#include "config/user_error.h"
#include "models/accelerator/isa/instruction_codec.h"
#include "output/json_text.h"
#include "output/output_directory.h"
#include "output/output_file.h"
#include "output/temporary_file.h"
#include "simulation/result.h"
#include "tools/commands.h"
#include "tools/credit_log.h"
#include "tools/program_files.h"
#include "tools/selection.h"
#include "tools/trace_header.h"
#include "traces/coordinates.h"
#include "traces/vectors.h"
#include "traces/words.h"
#include "traces/writer.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
using nlohmann::ordered_json;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description vectors("Vectors");
  vectors.add_options()("layer", text("NAME"), "the layer, as in backbone.layer1.0.conv1");
  vectors.add_options()("out", text("DIR"), "where the files go");
  vectors.add_options()("program", po::bool_switch(),
                        "also the whole run's memory image and registers, as ernsim program writes them");
  po::options_description all = selection_options();
  all.add(vectors);
  return all;
}

std::uint16_t layer_number(const compiler::Schedule& schedule, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& layer : schedule.layers) known.push_back(layer.name);
  const auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) throw UserError(fmt::format("--layer: no layer '{}'{}", name, did_you_mean(name, known)));
  return static_cast<std::uint16_t>(found - known.begin());
}

/// A file of lines that write(line) makes, one per element; its entry of the manifest.
template <class List, class Line>
ordered_json write_list(const char* channel, const char* what, std::size_t bits, const List& list, Line&& line_of,
                        OutputDirectory& directory) {
  const std::string name = fmt::format("{}.{}.memh", channel, what);
  std::string text;
  for (const auto& each : list) text += fmt::format("{:0{}x}\n", line_of(each), bits / 4);
  directory.write(name, text);
  return {{"file", name}, {"channel", channel}, {"what", what}, {"words", list.size()}, {"width_bits", bits}};
}

/// What the semaphores' other ends do meanwhile: credits at the first cycle, those that come, those that are taken.
void write_credits(const CreditLog::Window& window, Cycle first, OutputDirectory& directory, ordered_json& files) {
  const auto add = [&](const char* channel, const std::vector<CreditLog::Change>& list) {
    using Change = CreditLog::Change;
    files.push_back(write_list(
        channel, "address", 32, list, [](const Change& c) { return c.semaphore; }, directory));
    files.push_back(write_list(
        channel, "data", 16, list, [](const Change& c) { return c.credits; }, directory));
    files.push_back(write_list(
        channel, "cycle", 32, list, [first](const Change& c) { return c.cycle - first; }, directory));
  };
  files.push_back(write_list(
      "semaphores", "credits", 16, window.before, [](int credits) { return credits; }, directory));
  add("semaphores.credit", window.comes);
  add("semaphores.take", window.taken);
}

/// The layer's instructions of one unit, a line of 512 bits each, as the hardware fetches them.
ordered_json write_instructions(const compiler::Schedule& schedule, UnitId unit, std::uint16_t layer,
                                OutputDirectory& directory) {
  std::string text;
  std::size_t words = 0;
  for (const Instruction& each : schedule.streams[unit]) {
    if (each.at.layer != layer) continue;
    std::uint8_t bytes[instruction_bytes];
    encode(each, bytes);
    text += traces::hexadecimal(bytes, instruction_bytes).substr(2) + "\n";
    ++words;
  }
  const std::string name = fmt::format("{}.instructions.memh", name_of(unit));
  directory.write(name, text);
  return {{"file", name},
          {"channel", name_of(unit)},
          {"what", "instructions"},
          {"words", words},
          {"width_bits", 8 * instruction_bytes}};
}

ordered_json words() {
  ordered_json layouts = ordered_json::object();
  for (const auto kind : {traces::WordKind::plain, traces::WordKind::sums, traces::WordKind::codes,
                          traces::WordKind::signs, traces::WordKind::thresholds})
    layouts[traces::name_of(kind)] = traces::layout_of(kind);
  return layouts;
}

ordered_json manifest(const Job& job, const std::string& layer) {
  const auto& accelerator = job.platform.accelerator;
  return {{"network", job.graph().network},
          {"input_size", {job.graph().input_height, job.graph().input_width}},
          {"platform", job.platform.name},
          {"settings", job.settings},
          {"layer", layer},
          {"block_channels", accelerator.convolution.block_channels},
          {"lanes", accelerator.convolution.lanes},
          {"accumulator_bits", accelerator.memory.accumulator_bits},
          {"convolution_pipeline_cycles", accelerator.convolution.pipeline_cycles},
          {"convolution_issue_cycles", accelerator.convolution.issue_cycles},
          {"quantization_pipeline_cycles", accelerator.quantization.pipeline_cycles},
          {"quantization_issue_cycles", accelerator.quantization.issue_cycles},
          {"semaphore_cycles", accelerator.control.semaphore_cycles},
          {"words", words()},
          {"files", ordered_json::array()}};
}

}  // namespace

int vectors_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  for (const char* needed : {"layer", "out"})
    if (!line.has(needed)) throw UserError(fmt::format("vectors needs --{}", needed));
  OutputDirectory directory(line.get("out"));
  CompiledJob compiled = ernsim::compiled(make_job(line));
  traces::Filter filter;
  filter.units = {"control"};
  for (const UnitId unit : each<UnitId>()) filter.units.insert(name_of(unit));
  filter.layers = {layer_number(compiled.schedule, line.get("layer"))};
  say_notes(compiled);
  TemporaryFile file(std::filesystem::temp_directory_path(), "the trace behind the vectors");
  traces::Writer writer(file.stream(), trace_header(compiled, false), filter);
  CreditLog credits(compiled.program.semaphore_initial, compiled.job.platform.accelerator.control.semaphore_cycles,
                    writer);
  compiled.job.run.ports = &credits;
  simulated(compiled);
  writer.finish();
  file.close();
  ordered_json made = manifest(compiled.job, line.get("layer"));
  made["selection"] = filter.text();
  for (const UnitId unit : each<UnitId>())
    made["files"].push_back(write_instructions(compiled.schedule, unit, *filter.layers.begin(), directory));
  const traces::Reader trace(file.path().string());
  const auto write = [&directory](const std::string& name, const std::string& text) { directory.write(name, text); };
  for (const auto& each : traces::write_vectors(trace, write))
    made["files"].push_back({{"file", each.name},
                             {"channel", each.channel},
                             {"what", each.what},
                             {"words", each.words},
                             {"width_bits", each.width_bits},
                             {"kind", traces::name_of(each.kind)}});
  const auto [first, last] = traces::cycles_with_beats(trace);
  made["first_cycle"] = first;
  write_credits(credits.window(first, last), first, directory, made["files"]);
  if (line.flag("program")) made["program"] = write_program(compiled, directory);
  directory.write("manifest.json", json_text(made));
  directory.commit();
  print(fmt::format("{} files, {} beats\n",
                    made["files"].size() + made.value("program", ordered_json::array()).size() + 1, trace.beats()));
  return 0;
}

Manual vectors_manual() {
  return {{"vectors --network NAME|FILE --layer NAME --out DIR [OPTIONS]"},
          "Writes what each unit reads and writes for one layer as $readmemh files, when instructions arrive and "
          "credits come, and a manifest: stimulus and expected response, to the cycle, for benches without DPI. "
          "traces/FORMAT.md has the bits.",
          options()};
}

}  // namespace ernsim::tools
