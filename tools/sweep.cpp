#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "config/user_error.h"
#include "output/interruption.h"
#include "output/message.h"
#include "output/output_file.h"
#include "output/shell_word.h"
#include "report/report_sweep.h"
#include "simulation/forked.h"
#include "sweep/database.h"
#include "sweep/evaluation.h"
#include "sweep/merge.h"
#include "sweep/results.h"
#include "sweep/search.h"
#include "sweep/shard.h"
#include "sweep/simulation.h"
#include "sweep/slurm.h"
#include "tools/commands.h"
#include "tools/page_output.h"
#include "tools/question_options.h"
#include "tools/reproduce.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto list = [](const char* name) { return po::value<std::vector<std::string>>()->value_name(name); };
  po::options_description description("Options");
  description.add_options()("set", list("KEY=VALUE"), "change one parameter of all points; may be repeated");
  description.add_options()("jobs", text("N"), "processes at a time (default: one per core)");
  description.add_options()("out", text("DIR"),
                            "where sweep.sqlite goes (default: the sweep file's name without .toml, or NETWORK_sweep)");
  description.add_options()("resume", po::bool_switch(), "go on with the points that DIR lacks");
  description.add_options()("shard", text("I/N"),
                            "only every N-th point from the I-th on, into DIR/shard-I-of-N.sqlite");
  description.add_options()("merge", po::bool_switch(), "join the N shards of DIR into DIR/sweep.sqlite");
  description.add_options()("slurm", text("N"),
                            "write DIR/sweep.sh, a Slurm job array of N shards; --jobs: processors of a task");
  description.add_options()("csv", text("FILE"), "all finished points as CSV, the best first");
  description.add_options()("json", text("FILE"), "the answer, the Pareto front and all finished points as JSON");
  add_page_options(description);
  return question_options().add(description);
}

/// Files that are written at the end.
constexpr const char* outputs[] = {"csv", "json", "html", "pdf"};

std::string default_directory(const CommandLine& line) {
  if (!line.positional().empty()) return std::filesystem::path(line.positional().front()).stem().string();
  return std::filesystem::path(line.list("network").front()).stem().string() + "_sweep";
}

std::string absolute(const std::string& path) {
  const std::string whole = std::filesystem::absolute(path).string();
  return whole.substr(0, whole.find_last_not_of('/') + 1);
}

/// Whether both names are of one file, which may not be there yet; devices may be written by many.
bool is_same_file(const std::string& one, const std::string& other) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(one, error) && !fs::is_regular_file(one, error)) return false;
  return fs::weakly_canonical(fs::absolute(one), error) == fs::weakly_canonical(fs::absolute(other), error) ||
         fs::equivalent(one, other, error);
}

/// Whether a regular file has exactly that text.
bool holds(const std::string& file, const std::string& text) {
  namespace fs = std::filesystem;
  if (!fs::is_regular_file(file) || fs::file_size(file) != text.size()) return false;
  std::ifstream in(file, std::ios::binary);
  return std::string{std::istreambuf_iterator<char>(in), {}} == text;
}

std::string make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw UserError(fmt::format("--out '{}': {}", path, error.message()));
  return path;
}

/// Whether an option was given; a switch always has a value.
bool given(const CommandLine& line, const std::string& option) {
  return option == "resume" || option == "merge" || option == "ten-crop" ? line.flag(option) : line.has(option);
}

/// Throws UserError if one of `others` was given with `option`.
void refuse_with(const CommandLine& line, const std::string& option, const std::vector<std::string>& others) {
  for (const std::string& other : others)
    if (given(line, option) && given(line, other))
      throw UserError(fmt::format("--{} and --{} cannot be given together", option, other));
}

/// Throws UserError unless there is a sweep file, or a question in its place.
void require_subject(const CommandLine& line) {
  if (line.positional().empty() && !asks(line))
    throw UserError(
        "sweep needs the name of a sweep file, or --network NAME; --init FILE.toml writes one to start from");
  for (const char* option : question_option_names)
    if (!line.positional().empty() && given(line, option))
      throw UserError(
          fmt::format("--{} is for a sweep without a file; {} says it itself", option, line.positional().front()));
}

CommandLine checked(const Arguments& arguments) {
  CommandLine line(arguments, options(), 1);
  require_subject(line);
  if (line.has("init"))
    refuse_with(line, "init", {"jobs", "out", "resume", "shard", "merge", "slurm", "csv", "json", "html", "pdf"});
  if (!line.positional().empty()) refuse_with(line, "slurm", {"set"});
  refuse_with(line, "slurm", {"merge", "shard", "resume", "csv", "json", "html", "pdf"});
  refuse_with(line, "merge", {"shard", "resume", "jobs"});
  return line;
}

/// One sweep command: what the user gave, read and checked.
class Sweep {
 public:
  explicit Sweep(const Arguments& arguments)
      : line_(checked(arguments)),
        directory_(line_.get("out", default_directory(line_))),
        file_(line_.positional().empty() ? directory_ + "/sweep.toml" : line_.positional().front()),
        definition_(from_user([&] { return read(); })) {
    if (line_.has("jobs")) jobs_ = static_cast<std::size_t>(parse_integer("jobs", line_.get("jobs"), 1, 1024));
    for (const char* output : outputs)
      if (line_.has(output)) require_other_file(output);
    page_.emplace(line_);
    if (line_.has("csv")) csv_.emplace(line_.get("csv"));
    if (line_.has("json")) json_.emplace(line_.get("json"));
  }

  void run() {
    require_grid();
    if (line_.positional().empty()) write_question();
    if (line_.has("slurm"))
      write_script();
    else if (line_.flag("merge"))
      merge();
    else
      simulate_what_lacks();
  }

 private:
  void simulate_what_lacks() {
    evaluate();
    if (line_.has("shard"))
      simulate_shard();
    else if (definition_.search)
      search();
    else
      simulate("sweep.sqlite", points_of(definition_), "");
  }

  /// Not of a sweep that is there already and is not to go on.
  void evaluate() {
    const std::string name =
        line_.has("shard") ? parse_shard(line_.get("shard"), definition_).file_name() : "sweep.sqlite";
    if (!line_.flag("resume") && std::filesystem::exists(directory_ + "/" + name)) return;
    if (definition_.accuracy.evaluation)
      from_user([&] { evaluate_networks(definition_, make_directory(directory_), jobs_.value_or(default_jobs())); });
  }

  /// Throws UserError if a search is to be divided.
  void require_grid() const {
    for (const char* option : {"shard", "merge", "slurm"})
      if (definition_.search && given(line_, option))
        throw UserError(fmt::format("--{}: {} is a search, which is not divided", option, file_));
  }

  SweepDefinition read() const {
    if (line_.positional().empty()) return parse_sweep(question_text(line_), file_);
    return load_sweep(file_, line_.list("set"));
  }

  /// The question as a file, beside its answer; no other is replaced.
  void write_question() const {
    if (std::filesystem::exists(file_)) {
      if (holds(file_, definition_.text)) return;
      throw UserError(fmt::format("{}: exists and asks something else; ernsim sweep {} asks that, --out another folder",
                                  file_, shell_word(file_)));
    }
    if (std::filesystem::exists(directory_ + "/sweep.sqlite") && !line_.flag("resume")) return;  // which is refused
    make_directory(directory_);
    OutputFile(file_).write(definition_.text);
  }

  /// Throws UserError if an output would replace what the sweep reads or writes besides.
  void require_other_file(const std::string& option) const {
    std::vector<std::pair<std::string, std::string>> others{{file_, "the sweep file"},
                                                            {definition_.platform, "the platform file"},
                                                            {directory_ + "/sweep.sqlite", "the sweep's database"}};
    for (const SweepShard& shard : shards_in(directory_))
      others.emplace_back(directory_ + "/" + shard.file_name(), "a shard of the sweep");
    if (line_.has("shard"))
      others.emplace_back(directory_ + "/" + parse_shard(line_.get("shard"), definition_).file_name(),
                          "a shard of the sweep");
    for (const std::string other : outputs) {
      if (other == option) break;
      if (line_.has(other)) others.emplace_back(line_.get(other), fmt::format("what --{} writes", other));
    }
    for (const auto& [path, what] : others)
      if (is_same_file(line_.get(option), path))
        throw UserError(fmt::format("--{} '{}': is {}; another name is needed", option, line_.get(option), what));
  }

  void write_script() {
    const std::size_t shards = parse_shard_count("slurm", line_.get("slurm"), definition_);
    const std::string here = std::filesystem::current_path().string();
    const SlurmSweep sweep{running_program(), absolute(file_), absolute(directory_), here, shards, jobs_.value_or(1)};
    check(sweep);
    require_shards_of(shards, directory_);
    make_directory(directory_);
    write_slurm_script(sweep);
  }

  void merge() {
    merge_shards(definition_, directory_);
    const std::string path = directory_ + "/sweep.sqlite";
    show(path, reading(SweepDatabase(path, definition_, SweepAccess::read).rows(), ""));
  }

  void simulate_shard() {
    const SweepShard shard = parse_shard(line_.get("shard"), definition_);
    require_shards_of(shard.count, directory_);
    simulate(shard.file_name(), points_of(definition_, shard), shard.text());
  }

  void search() {
    const std::string path = make_directory(directory_) + "/sweep.sqlite";
    std::optional<SweepDatabase> database;
    from_user([&] {
      database.emplace(path, definition_, line_.flag("resume") ? SweepAccess::resume : SweepAccess::make);
      database->require_writable();
    });
    const SearchEnd end = search_points(definition_, *database, jobs_.value_or(default_jobs()));
    SweepReading sweep = reading(database->rows(), "");
    if (end.sweep.stopped_by != 0) {
      database.reset();
      sweep.state.planned = std::max(definition_.search->points, sweep.state.finished);
      stop(path, sweep.state, end.sweep.stopped_by);
    }
    if (end.sweep.killed.empty()) database->end_search(end.first_reason);
    if (sweep.points.empty()) sweep.state.refusal = end.first_reason;
    show(path, std::move(sweep), end.text(definition_));
    refuse_killed(path, end.sweep);
  }

  /// Throws if processes were ended from outside: their points are missing.
  static void refuse_killed(const std::string& path, const SweepEnd& end) {
    if (!end.killed.empty())
      throw std::runtime_error(
          fmt::format("{}: points are missing whose processes were ended from outside ({}); --resume simulates them",
                      path, end.killed));
  }

  void simulate(const std::string& name, const std::vector<std::size_t>& points, const std::string& shard) {
    const std::string path = make_directory(directory_) + "/" + name;
    std::optional<SweepDatabase> database;
    const SweepAccess access = line_.flag("resume") ? SweepAccess::resume : SweepAccess::make;
    from_user([&] { database.emplace(path, definition_, access, shard); });
    const SweepEnd end = simulate_missing(definition_, points, *database, jobs_.value_or(default_jobs()));
    const SweepReading sweep = reading(database->rows(), shard);
    if (end.stopped_by != 0) {
      database.reset();
      stop(path, sweep.state, end.stopped_by);
    }
    show(path, sweep);
    refuse_killed(path, end);
  }

  /// The command that was given, for a shell, with --resume.
  std::string command_to_go_on(const SweepState& state) const {
    std::string command = resume_command(state);
    for (const char* option : {"jobs", "csv", "json", "html", "pdf"})
      if (line_.has(option)) command += fmt::format(" --{} {}", option, shell_word(line_.get(option)));
    return command;
  }

  [[noreturn]] void stop(const std::string& path, const SweepState& state, int signal) const {
    warn(fmt::format("stopped by {}: {} keeps {} of {} points; to go on: {}", signal_name(signal), path, state.finished,
                     state.own().value_or(0), command_to_go_on(state)));
    end_by(signal);
  }

  SweepReading reading(const std::vector<SweepRow>& rows, const std::string& shard) const {
    SweepReading sweep = reading_of(definition_, rows);
    sweep.state.directory = directory_;
    sweep.state.shard = shard;
    return sweep;
  }

  /// `how`: how its points were found, if not all were simulated.
  void show(const std::string& path, SweepReading sweep, const std::string& how = "") const {
    const SweepResults results(std::move(sweep), goals_of(definition_));
    if (csv_) csv_->write(results.csv());
    if (json_) json_->write(results.json());
    if (page_->wanted()) page_->write("sweep", load_sweep_report(path), path);
    const bool standard =
        page_->is_standard_output() || (csv_ && csv_->is_standard_output()) || (json_ && json_->is_standard_output());
    if (!standard) print(how + results.summary(path));
  }

  CommandLine line_;
  std::string directory_, file_;
  SweepDefinition definition_;
  std::optional<std::size_t> jobs_;
  std::optional<OutputFile> csv_, json_;
  std::optional<PageOutput> page_;
};

}  // namespace

int sweep_command(const Arguments& arguments) {
  if (const CommandLine line = checked(arguments); line.has("init"))
    write_template(line);
  else
    Sweep(arguments).run();
  return 0;
}

Manual sweep_manual() {
  return {
      {"sweep FILE.toml [OPTIONS]", "sweep --network NAME|FILE --want CONSTRAINT --best OBJECTIVE [OPTIONS]"},
      "Simulates a grid of configurations, timing only, one process each, and says which are best. Networks are "
      "built-in names, .toml or .onnx files; a file with [search] has points chosen. Results go into an SQLite file as "
      "they come; a sweep that was stopped or killed goes on with --resume. sweep/README.md describes both files.",
      options(),
      "",
      {{"the smallest design that does 120 frames per second",
        {"ernsim sweep --network ERNs50 --want \"fps >= 120\" --best \"min lut\""}}}};
}

}  // namespace ernsim::tools
