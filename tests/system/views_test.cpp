#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/system/cli_program.h"
#include "traces/reader.h"

// What is drawn over time adds up to the run's figures.

using namespace ernsim::cli;
using ernsim::traces::Reader;
using nlohmann::json;

namespace {

struct Shown {
  explicit Shown(const std::string& options) {
    const auto trace = program("trace " + options + " --detail hash --out t --perfetto p", scratch);
    const auto figures = program("run " + options + " --data off --json r", scratch);
    INFO(trace.err << figures.err);
    REQUIRE(trace.status + figures.status == 0);
    events = json::parse(contents(scratch / "p"))["traceEvents"];
    run = json::parse(contents(scratch / "r"));
    period_us = static_cast<double>(Reader((scratch / "t").string()).header().clock_period_ps) / 1e6;
  }

  Scratch scratch;
  json events, run;
  double period_us = 0;
};

/// A viewer holds a counter's value until its next one.
double area(const json& events, const char* series) {
  double bytes = 0, value = 0, since_us = 0;
  for (const auto& event : events) {
    if (event["ph"] != "C") continue;
    bytes += value * (event["ts"].get<double>() - since_us);
    value = event["args"][series];
    since_us = event["ts"];
  }
  CHECK(value == 0);  // or what is under it has no end
  return bytes;
}

void check_dram(const Shown& shown) {
  CHECK(std::abs(area(shown.events, "read") - shown.run["dram"]["read_bytes"].get<double>()) < 0.5);
  CHECK(std::abs(area(shown.events, "write") - shown.run["dram"]["write_bytes"].get<double>()) < 0.5);
}

void check_units(const Shown& shown) {
  std::map<int, std::string> unit_of;
  std::map<std::string, double> stalled_us;
  std::map<std::string, std::int64_t> begun, ended;
  for (const auto& event : shown.events) {
    if (event["name"] == "thread_name") {
      const std::string name = event["args"]["name"];
      unit_of[event["tid"]] = name.substr(0, name.find(' '));
    }
    if (event["ph"] == "X")
      stalled_us[unit_of.at(event["tid"]) + " " + event["name"].get<std::string>()] += event["dur"].get<double>();
    if (event["ph"] == "b") ++begun[event["cat"]];
    if (event["ph"] == "e") ++ended[event["cat"]];
  }
  for (const auto& [unit, figures] : shown.run["units"].items()) {
    INFO(unit);
    CHECK(begun[unit] == figures["instructions"]);
    CHECK(ended[unit] == figures["instructions"]);
    for (const auto& [cause, cycles] : figures["stall_cycles"].items()) {
      INFO(cause);
      CHECK(std::abs(stalled_us[unit + " " + cause] / shown.period_us - cycles.get<double>()) < 0.01);
    }
  }
}

void check_timeline(const std::string& options) {
  const Shown shown(options);
  check_dram(shown);
  check_units(shown);
}

/// Cycles that each port's `valid` signals are 1, as `unit.port`.
std::map<std::string, double> valid_cycles(const std::string& vcd, double period_ps) {
  std::map<std::string, std::string> port_of;
  std::map<std::string, double> since, total;
  std::istringstream in(vcd);
  std::string line, scope;
  double now = 0;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string first, kind, width, id, name;
    words >> first >> kind >> width >> id >> name;
    if (first == "$scope") scope = width;
    const auto valid = name.rfind("_valid");
    if (first == "$var" && valid != std::string::npos) port_of[id] = scope + "." + name.substr(0, valid);
    if (line[0] == '#') now = std::stod(line.substr(1));
    if ((line[0] != '0' && line[0] != '1') || port_of.count(line.substr(1)) == 0) continue;
    const std::string signal = line.substr(1);
    if (since.count(signal) == 1) total[port_of[signal]] += (now - since[signal]) / period_ps;
    since.erase(signal);
    if (line[0] == '1') since[signal] = now;
  }
  CHECK(since.empty());
  return total;
}

/// Beats of lanes belong to the port.
double cycles_of(const std::map<std::string, double>& valid, const std::string& port) {
  double total = 0;
  for (const auto& [name, cycles] : valid)
    if (name == port || (name.rfind(port + "_", 0) == 0 && std::isdigit(static_cast<unsigned char>(name.back())) != 0))
      total += cycles;
  return total;
}

}  // namespace

TEST_CASE("the area under the timeline's counter, and its stalls, are the run's") {
  check_timeline("--network ERNs18x075 --input-size 64x64");
}

TEST_CASE("so they are with one lane on one port") {
  check_timeline("--network ERNs18x075 --input-size 32x64 --set convolution.lanes=1 --set interconnect.ports=1");
}

TEST_CASE("so they are with two cores at another clock") {
  check_timeline("--network ERNs18x075 --input-size 32x64 --set convolution.cores=2 --set accelerator.clock_mhz=300");
}

TEST_CASE("waveforms are valid for as many cycles as the trace has beats") {
  const Scratch scratch;
  REQUIRE(program("trace --network ERNs18x075 --input-size 64x64 --cycles 2000:3000 --out t --vcd w", scratch).status ==
          0);
  const Reader trace((scratch / "t").string());
  const auto valid = valid_cycles(contents(scratch / "w"), static_cast<double>(trace.header().clock_period_ps));
  std::size_t channels = 0;
  for (std::size_t i = 0; i < trace.header().channels.size(); ++i) {
    std::size_t beats = 0;
    ernsim::traces::RunCursor cursor(trace, i);
    while (const auto run = cursor.next()) beats += run->count;
    if (beats == 0) continue;
    INFO(trace.header().channels[i].name);
    CHECK(cycles_of(valid, trace.header().channels[i].name) == Approx(static_cast<double>(beats)));
    ++channels;
  }
  CHECK(channels > 10);
}
