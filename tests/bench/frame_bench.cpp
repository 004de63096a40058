#include "tests/bench/frame_bench.h"

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Whole runs of the program, one process each.

namespace ernsim::bench {

namespace {

struct Run {
  long peak_kilobytes = 0;
  double cycles = 0;
};

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 65536> buffer;
  for (ssize_t count; (count = ::read(descriptor, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  return text;
}

/// Runs the program; returns what it printed.
std::string output_of(const std::vector<std::string>& arguments, rusage& usage) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) std::abort();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    std::vector<char*> words;
    for (const auto& each : arguments) words.push_back(const_cast<char*>(each.c_str()));
    words.push_back(nullptr);
    ::execv(ERNSIM_PROGRAM, words.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  const std::string text = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::wait4(child, &status, 0, &usage);
  if (status != 0) std::abort();
  return text;
}

Run run(const std::vector<std::string>& arguments) {
  rusage usage{};
  const auto json = nlohmann::json::parse(output_of(arguments, usage), nullptr, false);
  if (json.is_discarded()) std::abort();
  return {usage.ru_maxrss, json.at("cycles").get<double>()};
}

void ended(benchmark::State& state, const rusage& usage) {
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

/// A frame with all its ports traced; compare with ERNs18/data_on.
void traced(benchmark::State& state, const std::string& detail) {
  const auto file = std::filesystem::temp_directory_path() / "ernsim_bench.trace";
  rusage usage{};
  for (auto _ : state)
    output_of({"ernsim", "trace", "--network", "ERNs18", "--detail", detail, "--out", file.string()}, usage);
  ended(state, usage);
  state.counters["file_MB"] = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
  std::filesystem::remove(file);
}

/// Start, compile, simulate one 256x256 frame with DDR4 on.
void frame(benchmark::State& state, const std::string& network, const std::vector<std::string>& options) {
  std::vector<std::string> words{"ernsim", "run", "--network", network, "--json", "-"};
  words.insert(words.end(), options.begin(), options.end());
  Run last;
  for (auto _ : state) last = run(words);
  state.counters["cycles_per_s"] =
      benchmark::Counter(last.cycles * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["peak_MB"] = static_cast<double>(last.peak_kilobytes) / 1024;
}

void started(benchmark::State& state) {
  rusage usage{};
  for (auto _ : state) output_of({"ernsim", "version"}, usage);
  ended(state, usage);
}

/// A grid of 16 small points, timing only.
void swept(benchmark::State& state) {
  const auto folder = std::filesystem::temp_directory_path() / "ernsim_bench_sweep";
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "grid.toml").string();
  std::ofstream(file) << "networks = [\"ERNs18\"]\nmust_fit = false\n[axes]\n\"convolution.lanes\" = [1, 2, 3, 4]\n"
                         "\"accelerator.clock_mhz\" = [100, 150, 200, 250]\n";
  rusage usage{};
  for (auto _ : state) {
    output_of({"ernsim", "sweep", file, "--out", (folder / "out").string()}, usage);
    std::filesystem::remove_all(folder / "out");
  }
  ended(state, usage);
  state.counters["points_per_s"] =
      benchmark::Counter(16.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  std::filesystem::remove_all(folder);
}

void add(const std::string& name, const std::string& network, const std::vector<std::string>& options) {
  benchmark::RegisterBenchmark(name.c_str(), frame, network, options)->Unit(benchmark::kMillisecond)->UseRealTime();
}

}  // namespace

void register_runs() {
  const std::vector<std::string> one{"--set", "schedule.candidates=1"};
  const auto with = [](std::vector<std::string> options, std::initializer_list<std::string> more) {
    options.insert(options.end(), more);
    return options;
  };
  benchmark::RegisterBenchmark("start", started)->Unit(benchmark::kMillisecond)->UseRealTime();
  for (const char* network : {"ERNs18x075", "ERNs18", "ERNs34", "ERNs50", "ERNs101"})
    for (const char* data : {"on", "off"})
      add(std::string(network) + "/data_" + data, network, with(one, {"--data", data}));
  add("ERNs18/data_off/best_of_candidates", "ERNs18", {"--data", "off"});
  add("ERNs18/data_on/8_frames", "ERNs18", with(one, {"--frames", "8"}));
  add("ERNs18/data_on/step", "ERNs18", with(one, {"--engine", "step"}));
  for (const char* detail : {"data", "hash"})
    benchmark::RegisterBenchmark((std::string("ERNs18/trace_") + detail).c_str(), traced, detail)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  benchmark::RegisterBenchmark("sweep", swept)->Unit(benchmark::kMillisecond)->UseRealTime();
}

}  // namespace ernsim::bench
