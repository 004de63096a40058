#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "config/user_error.h"
#include "evaluation/resample.h"
#include "output/interruption.h"
#include "output/staged_file.h"
#include "platforms/config_file.h"
#include "simulation/forked.h"
#include "tools/commands.h"
#include "tools/eval_check.h"
#include "tools/eval_result.h"
#include "tools/network_choice.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
using evaluation::Evaluation;
using evaluation::Journal;
using evaluation::Outcome;
using evaluation::Preprocessing;

constexpr long long most_images = 1'000'000'000;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description data("Data and preprocessing");
  data.add_options()("data", text("DIR|FILE"),
                     "a folder per class, FILE.csv of file and label, FILE.npy or FILE.npz [N,H,W,C]; [N,C,H,W] for a "
                     "network that reads codes");
  data.add_options()("labels", text("FILE.npy"), "labels of the pictures in a .npy file");
  data.add_options()("first", text("N"), "only the first N pictures");
  data.add_options()("resize", text("N|HxW"), "resize first: the shorter side to N, or to H and W");
  data.add_options()("filter", text("nearest|box|bilinear|hamming|bicubic|lanczos"),
                     "of the resize, as Pillow's (default bilinear)");
  data.add_options()("crop", text("N|HxW"), "then cut out the middle");
  data.add_options()("ten-crop", po::bool_switch(), "average over corners, middle and their mirror images");
  po::options_description work("Evaluation");
  work.add_options()("platform", text("NAME|FILE.toml"),
                     "its accumulators hold the sums; also of --check (default kv260)");
  work.add_options()("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
                     "change one parameter of platform or network; may be repeated");
  work.add_options()("jobs", text("N"), "threads (default: one per core)");
  work.add_options()("check", text("N"), "compare the first N pictures with the cycle simulation, bit by bit");
  work.add_options()("reference", text("FILE.npy"), "logits of a framework [N,classes]: where do they part?");
  work.add_options()("csv", text("FILE"), "write label, prediction and logits of each picture; makes it resumable");
  work.add_options()("resume", po::bool_switch(), "go on where an evaluation with the same --csv was ended");
  work.add_options()("json", text("FILE"), "write the result as JSON");
  work.add_options()("confusion", text("FILE"), "write the confusion matrix as CSV");
  po::options_description all = network_options();
  all.add(data).add(work);
  return all;
}

Preprocessing preprocessing_of(const CommandLine& line) {
  Preprocessing made;
  if (line.has("resize")) made.resize = evaluation::parse_size("resize", line.get("resize"));
  if (line.has("crop")) made.crop = evaluation::parse_size("crop", line.get("crop"));
  if (line.has("filter") && !line.has("resize")) throw UserError("--filter belongs to --resize, which is missing");
  made.filter = parse_choice("filter", line.get("filter", made.filter), evaluation::filter_names());
  made.ten_crop = line.flag("ten-crop");
  return made;
}

std::size_t count_of(const CommandLine& line, const char* option, std::size_t otherwise) {
  if (!line.has(option)) return otherwise;
  return static_cast<std::size_t>(parse_integer(option, line.get(option), 1, most_images));
}

/// A line on standard error, rewritten; nothing if that is no terminal.
class Progress {
 public:
  explicit Progress(std::size_t images) : images_(images), visible_(::isatty(STDERR_FILENO) != 0) {}
  ~Progress() {
    if (shown_) fmt::print(stderr, "\r{:60}\r", "");
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `known`: without work.
  void known(std::size_t count) { done_ = known_ = count; }
  void next() {
    ++done_;
    const auto now = Clock::now();
    if (!visible_ || (shown_ && now - last_ < std::chrono::milliseconds(200))) return;
    shown_ = true;
    last_ = now;
    const std::chrono::duration<double> taken = now - begin_;
    const double left = taken.count() / static_cast<double>(done_ - known_) * static_cast<double>(images_ - done_);
    fmt::print(stderr, "\r{} of {} pictures, {:.0f} s left    ", done_, images_, left);
    std::fflush(stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t images_, done_ = 0, known_ = 0;
  bool visible_, shown_ = false;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
};

/// Everything that can be written.
struct Outputs {
  explicit Outputs(const CommandLine& line) {
    if (line.has("csv")) csv.emplace(line.get("csv"));
    if (line.has("json")) json.emplace(line.get("json"));
    if (line.has("confusion")) confusion.emplace(line.get("confusion"));
  }
  bool uses_standard_output() const {
    return (json && json->is_standard_output()) || (confusion && confusion->is_standard_output());
  }
  std::optional<StagedFile> csv;
  std::optional<OutputFile> json, confusion;
};

Job job_of(const CommandLine& line) {
  return from_user([&] {
    Job job;
    job.settings = line.list("set");
    job.platform = load_platform(line.get("platform", "kv260"), platform_settings(line));
    job.platform.schedule.candidates = 1;  // values are the same whatever the schedule
    job.network = choose_network(line);
    job.signs = workloads::count_signs(job.network.graph, job.network.weights);
    return job;
  });
}

std::unique_ptr<evaluation::Dataset> data_of(const CommandLine& line, const evaluation::PreparedNetwork& network) {
  const std::string data = line.get("data"), labels = line.get("labels");
  if (!reads_codes(network.graph())) return evaluation::open_dataset(data, labels, network.classes());
  for (const char* option : {"resize", "crop"})
    if (line.has(option)) throw UserError(fmt::format("--{} is for pictures; the network reads codes", option));
  if (line.flag("ten-crop")) throw UserError("--ten-crop is for pictures; the network reads codes");
  return evaluation::open_codes(data, labels, network.classes(), network.graph().nodes.front().out);
}

void write_csv(const Evaluation& evaluation, const Journal& journal, std::ostream& out) {
  const std::size_t views = evaluation.preprocessing.ten_crop ? 10 : 1;
  out << csv_titles(evaluation.network.classes());
  for (std::size_t i = 0; i < evaluation.images; ++i)
    out << csv_line(evaluation.data.name(i), evaluation.data.label(i),
                    evaluation::logits_of(evaluation.network, journal.read(i), views));
}

void run_pictures(EvaluationResult& result, std::size_t threads, Journal* journal) {
  const Evaluation& evaluation = result.evaluation;
  const std::size_t views = evaluation.preprocessing.ten_crop ? 10 : 1;
  Progress progress(evaluation.images);
  std::size_t known = 0;
  for (std::size_t i = 0; journal != nullptr && i < evaluation.images; ++i) known += journal->has(i) ? 1 : 0;
  progress.known(known);
  from_user([&] {
    evaluation::evaluate(evaluation, threads, journal, [&](std::size_t i, const Outcome& outcome) {
      const auto logits = evaluation::logits_of(evaluation.network, outcome, views);
      result.scores.add(evaluation.data.label(i), logits, outcome);
      if (result.reference) result.reference->compare(i, logits);
      if (known > 0)
        --known;
      else
        progress.next();
    });
  });
}

void check_options(const CommandLine& line) {
  if (!line.has("data")) throw UserError("eval needs --data: a folder per class, or a file .csv, .npy or .npz");
  if (line.flag("resume") && !line.has("csv"))
    throw UserError("--resume needs --csv FILE: what is done is kept beside it");
}

}  // namespace

int eval_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  check_options(line);
  const Preprocessing preprocessing = preprocessing_of(line);
  const std::size_t threads = count_of(line, "jobs", default_jobs());
  Outputs outputs(line);
  const Job job = job_of(line);
  const auto bits = static_cast<int>(job.platform.accelerator.memory.accumulator_bits);
  const auto network = from_user([&] { return evaluation::PreparedNetwork(job.network, bits, false); });
  const auto data = from_user([&] { return data_of(line, network); });
  const Evaluation evaluation{network, *data, preprocessing,
                              std::min(data->size(), count_of(line, "first", data->size()))};
  EvaluationResult result{line.get("data"), evaluation, {network.classes(), network.graph().nodes.size()}};
  if (line.has("reference"))
    result.reference = from_user(
        [&] { return evaluation::ReferenceLogits(line.get("reference"), evaluation.images, network.classes()); });
  std::optional<Journal> journal;
  if (outputs.csv) {
    const std::string kept = line.get("csv") + ".partial";
    journal.emplace(kept, line.flag("resume"), evaluation::fingerprint_of(job.network, evaluation), network.classes(),
                    network.graph().nodes.size());
    say_on_interruption(kept + " keeps the pictures that are done; --resume goes on");
  }
  if (line.has("check")) {
    result.checked_images = std::min(evaluation.images, count_of(line, "check", 0));
    result.checked_values = cross_check(job, evaluation, result.checked_images);
  }
  run_pictures(result, threads, journal ? &*journal : nullptr);
  if (outputs.csv) {
    write_csv(evaluation, *journal, outputs.csv->stream());
    outputs.csv->commit();
    journal->remove();
  }
  if (outputs.json) outputs.json->write(to_json(result));
  if (outputs.confusion) outputs.confusion->write(confusion_csv(result.scores));
  if (!outputs.uses_standard_output()) print(to_table(result));
  return 0;
}

Manual eval_manual() {
  return {{"eval --network NAME|FILE --data DIR|FILE [OPTIONS]"},
          "Runs a network on labelled pictures, values only, and prints its accuracy.",
          options()};
}

}  // namespace ernsim::tools
