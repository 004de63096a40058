#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "compiler/schedule_text.h"
#include "config/user_error.h"
#include "output/file_names.h"
#include "output/json_text.h"
#include "output/message.h"
#include "output/npy.h"
#include "output/output_directory.h"
#include "output/output_file.h"
#include "report/run_csv.h"
#include "report/run_json.h"
#include "report/run_table.h"
#include "simulation/result.h"
#include "simulation/run_words.h"
#include "tools/commands.h"
#include "tools/page_output.h"
#include "tools/reproduce.h"
#include "tools/rtl_option.h"
#include "tools/selection.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description run("Simulation");
  run.add_options()("data", text("on|off"), "off: timing only, the same cycles without moving values (default on)");
  run.add_options()("frames", text("N"), "frames one after the other, 1 to 1000 (default 1)");
  run.add_options()(
      "engine", text("step|leap"),
      "every cycle of every unit, or straight to the next one that matters; the figures are equal (default leap)");
  run.add_options()("require-fit", po::bool_switch(),
                    "refuse a platform that takes more than its device (fpga.device) has");
  add_rtl_option(run);
  po::options_description output("Output; - is standard output");
  output.add_options()("json", text("FILE"), "all figures");
  output.add_options()("csv", text("FILE"), "the layer table");
  add_page_options(output);
  output.add_options()("dump-tensors", text("DIR"),
                       "every activation, residual sum and result as .npy files; of a map also its scale");
  output.add_options()("dump-accumulators", po::bool_switch(), "with --dump-tensors: accumulators too");
  output.add_options()("save-schedule", text("FILE"), "the schedule, for --schedule");
  po::options_description all = selection_options();
  all.add(run).add(output);
  return all;
}

std::optional<OutputFile> output_file(const CommandLine& line, const std::string& option) {
  if (!line.has(option)) return std::nullopt;
  return OutputFile(line.get(option));
}

/// Where the results go; made before the simulation, so that a wrong name costs no time.
struct Outputs {
  explicit Outputs(const CommandLine& line)
      : json(output_file(line, "json")),
        csv(output_file(line, "csv")),
        page(line),
        schedule(output_file(line, "save-schedule")) {
    if (line.has("dump-tensors")) tensors.emplace(line.get("dump-tensors"));
  }

  /// Whether anything shows what happened when.
  bool need_profile() const { return json || page.wanted(); }
  bool uses_standard_output() const {
    auto is_standard = [](const auto& file) { return file && file->is_standard_output(); };
    return is_standard(json) || is_standard(csv) || page.is_standard_output() || is_standard(schedule);
  }

  std::optional<OutputFile> json, csv;
  PageOutput page;
  std::optional<OutputFile> schedule;
  std::optional<OutputDirectory> tensors;
};

void reject_contradictions(const CommandLine& line) {
  const std::vector<std::string> files{"json", "csv", "html", "pdf", "save-schedule", "dump-tensors"};
  for (std::size_t i = 0; i < files.size(); ++i)
    for (std::size_t j = i + 1; j < files.size(); ++j)
      if (line.has(files[i]) && line.get(files[i]) == line.get(files[j]))
        line.reject_together(files[i], files[j], "both write to " + line.get(files[i]));
  if (line.has("dump-tensors") && line.get("data") == "off")
    throw UserError("--dump-tensors needs values, and --data off simulates none");
  if (line.get("dump-tensors") == "-") throw UserError("--dump-tensors '-': must be a directory");
  if (line.flag("dump-accumulators") && !line.has("dump-tensors"))
    throw UserError("--dump-accumulators needs --dump-tensors DIR");
}

RunOptions run_options(const CommandLine& line) {
  RunOptions run;
  run.data = parse_choice("data", line.get("data", "on"), {"on", "off"}) == "on";
  run.frames = static_cast<int>(parse_integer("frames", line.get("frames", "1"), 1, 1000));
  const auto engine = parse_choice("engine", line.get("engine", "leap"), {"step", "leap"});
  run.engine = engine == "step" ? EngineKind::step : EngineKind::leap;
  return run;
}

/// A line on standard error that is rewritten while the simulation runs; nothing if that is no terminal.
class ProgressLine : public ProgressObserver {
 public:
  ~ProgressLine() override {
    if (shown_) fmt::print(stderr, "\r{:40}\r", "");
  }
  void progress(Cycle cycle, double fraction) override {
    shown_ = true;
    fmt::print(stderr, "\r{:3.0f}% at cycle {}", 100 * fraction, cycle);
    std::fflush(stderr);
  }

 private:
  bool shown_ = false;
};

Result simulate(CompiledJob& compiled) {
  ProgressLine progress;
  if (::isatty(STDERR_FILENO) != 0) compiled.job.run.progress = &progress;
  return simulated(compiled);
}

template <class Tensors>
void write_tensors(OutputDirectory& directory, FileNames& names, const Tensors& tensors, const char* ending) {
  for (const auto& [name, tensor] : tensors)
    directory.write(names.of(name, ending), npy_bytes({tensor.channels, tensor.height, tensor.width}, tensor.values));
}

/// Of every head whose map is the result: what one of its integers is worth, by channel.
void write_scales(OutputDirectory& directory, FileNames& names, const workloads::IntegerNetwork& network) {
  for (std::size_t n = 0; n < network.map_scale.size(); ++n)
    if (const auto& scale = network.map_scale[n]; !scale.empty())
      directory.write(names.of(network.graph.nodes[n].name, ".scale.npy"), npy_bytes({scale.size()}, scale));
}

void write_dump(OutputDirectory& directory, const TensorDump& dump, const workloads::IntegerNetwork& network,
                const std::vector<float>& logits) {
  FileNames names({"logits.npy", "index.json"});
  auto codes = dump.code_tensors();
  if (const std::size_t missing = dump.pixels_not_embedded(); missing > 0) {
    codes.erase("pixel_embedding");
    note(fmt::format("pixel_embedding is not dumped: no layer needs {} of its pixels", missing));
  }
  write_tensors(directory, names, codes, ".npy");
  write_tensors(directory, names, dump.sum_tensors(), ".npy");
  write_tensors(directory, names, dump.accumulator_tensors(), ".acc.npy");
  write_scales(directory, names, network);
  if (!logits.empty()) directory.write("logits.npy", npy_bytes({logits.size()}, logits));
  if (!names.different().empty()) directory.write("index.json", json_text(nlohmann::ordered_json(names.different())));
}

void write_reports(const RunReport& report, const compiler::Schedule& schedule, Outputs& outputs) {
  if (outputs.tensors) outputs.tensors->commit();
  if (outputs.schedule) outputs.schedule->write(compiler::to_text(schedule));
  if (outputs.csv) outputs.csv->write(to_csv(report));
  if (outputs.json) outputs.json->write(to_json(report));
  if (outputs.page.wanted()) outputs.page.write("run", to_json(report));
  if (!outputs.uses_standard_output()) print(to_table(report));
}

/// Throws UserError, naming what is scarce, if the device has not what the platform takes.
void require_fit(const PlatformConfig& platform) {
  if (!fits(resources_of(platform.accelerator, platform.fpga), device_of(platform.fpga.device)))
    throw UserError(fmt::format("--require-fit: it is {}", device_text(platform)));
}

}  // namespace

int run_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  reject_contradictions(line);
  const RunOptions options = run_options(line);
  Outputs outputs(line);
  Job job = make_job(line, line.flag("dump-accumulators"));
  if (line.flag("require-fit")) require_fit(job.platform);
  job.run = options;
  job.run.makers = rtl_replacements(line, job.platform);
  job.collect = {outputs.need_profile(), outputs.tensors.has_value(), line.flag("dump-accumulators")};
  job.command = reproducing_command(line, job.settings);
  CompiledJob compiled = compiled_with_notes(std::move(job));
  if (compiled.job.settings.size() > line.list("set").size())
    note("every convolution's accumulators are wanted: " + compiled.job.settings.back());
  const Result result = simulate(compiled);
  if (result.tensors) write_dump(*outputs.tensors, *result.tensors, compiled.job.network, result.run.logits);
  write_reports(report_of(compiled, result), compiled.schedule, outputs);
  return 0;
}

Manual run_manual() {
  return {{"run --network NAME|FILE [OPTIONS]"},
          "Simulates an inference and prints cycles, latency and what each layer and unit did.",
          options(),
          "",
          {{"a narrower array, as a page with charts",
            {"ernsim run --network ERNs18 --set convolution.lanes=1 --html run.html"}},
           {"a trained network and a picture",
            {"ernsim run --network exported.onnx --image photo.jpg --dump-tensors tensors"}}}};
}

}  // namespace ernsim::tools
