#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Whole runs of the program, one process each: start, compile, simulate one 256x256 frame with DDR4 on.

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

/// A frame with all its ports traced; compare with ERNs18/data_on.
void traced(benchmark::State& state, const std::string& detail) {
  const auto file = std::filesystem::temp_directory_path() / "ernsim_bench.trace";
  rusage usage{};
  for (auto _ : state)
    output_of({"ernsim", "trace", "--network", "ERNs18", "--detail", detail, "--out", file.string()}, usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
  state.counters["file_MB"] = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
  std::filesystem::remove(file);
}

void frame(benchmark::State& state, const std::string& network, const std::string& data, const std::string& engine) {
  Run last;
  for (auto _ : state)
    last = run({"ernsim", "run", "--network", network, "--data", data, "--engine", engine, "--json", "-"});
  state.counters["cycles_per_s"] =
      benchmark::Counter(last.cycles * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["peak_MB"] = static_cast<double>(last.peak_kilobytes) / 1024;
}

}  // namespace

int main(int argc, char** argv) {
  for (const char* network : {"ERNs18x075", "ERNs18", "ERNs34", "ERNs50", "ERNs101"})
    for (const char* data : {"on", "off"})
      benchmark::RegisterBenchmark((std::string(network) + "/data_" + data).c_str(), frame, network, data, "leap")
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime();
  benchmark::RegisterBenchmark("ERNs18/data_on/step", frame, "ERNs18", "on", "step")
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
  for (const char* detail : {"data", "hash"})
    benchmark::RegisterBenchmark((std::string("ERNs18/trace_") + detail).c_str(), traced, detail)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
