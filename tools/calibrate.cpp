#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "config/user_error.h"
#include "output/output_file.h"
#include "output/shell_word.h"
#include "output/text_table.h"
#include "platforms/config_file.h"
#include "simulation/calibration.h"
#include "tools/commands.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description description("Options");
  description.add_options()("platform", text("NAME|FILE.toml"), "the structure to fit (default kv260)");
  description.add_options()("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
                            "change one parameter of the structure; may be repeated");
  description.add_options()("stem", text("released|paper"), "stem of the networks (default released)");
  description.add_options()("out", text("FILE.toml"), "write the fitted constants as a platform file");
  description.add_options()("study", po::bool_switch(),
                            "also: range of clocks that fit, alternative structures, input sizes");
  return description;
}

std::string percent(double fraction) { return fmt::format("{:+.2f} %", 100 * fraction); }

double worst(const std::array<double, published_latencies.size()>& errors) {
  double largest = 0;
  for (const double error : errors) largest = std::max(largest, std::abs(error));
  return largest;
}

std::string latency_table(const std::array<Timing, published_latencies.size()>& timings) {
  const auto found = errors(timings);
  TextTable table({"network", "published ms", "simulated ms", "error", "accelerator ms", "host ms", "FPS", "used for"});
  for (std::size_t i = 0; i < timings.size(); ++i)
    table.add({published_latencies[i].network, fmt::format("{:.2f}", published_latencies[i].ms),
               fmt::format("{:.3f}", timings[i].ms()), percent(found[i]),
               fmt::format("{:.3f}", timings[i].accelerator_ms), fmt::format("{:.3f}", timings[i].host_ms),
               fmt::format("{:.1f}", 1000 / timings[i].ms()), published_latencies[i].fitted ? "fit" : "prediction"});
  return table.text();
}

/// The platform's own file: only what was fitted, the rest is the built-in default.
std::string constants_toml(const Constants& constants, const std::string& command) {
  return fmt::format(
      "# Constants of the KV260 that no document gives, fitted to the published latencies of ERNs18 and ERNs50 (ERN "
      "paper,\n"
      "# Table 7) by: {}\n# Everything else has its default; `ernsim platforms` shows all with their sources.\n"
      "name = \"kv260\"\n\n[accelerator]\nclock_mhz = {:.2f}\n\n[host]\npooling_ns_per_value = {:.2f}\n",
      command, constants.clock_mhz, constants.pooling_ns_per_value);
}

/// What was given, for a shell.
std::string command_of(const CommandLine& line) {
  std::string command = "ernsim calibrate";
  for (const char* option : {"platform", "stem"})
    if (line.has(option)) command += fmt::format(" --{} {}", option, shell_word(line.get(option)));
  for (const std::string& setting : line.list("set")) command += " --set " + shell_word(setting);
  return command + " --out " + shell_word(line.get("out"));
}

/// Largest error over the five when the host constant is chosen best for these accelerator times.
double best_error(const std::array<Timing, published_latencies.size()>& timings) {
  // The host takes the same for all five: the best one balances the extreme relative errors.
  double low = 0, high = 3;
  const auto largest = [&timings](double host_ms) {
    double most = 0;
    for (std::size_t i = 0; i < timings.size(); ++i)
      most = std::max(most, std::abs((timings[i].accelerator_ms + host_ms) / published_latencies[i].ms - 1));
    return most;
  };
  for (int step = 0; step < 60; ++step) {
    const double a = low + (high - low) / 3, b = high - (high - low) / 3;
    (largest(a) < largest(b) ? high : low) = largest(a) < largest(b) ? b : a;
  }
  return largest(low);
}

std::string clock_study(const PlatformConfig& platform, const std::string& stem, const Constants& constants) {
  TextTable table({"clock MHz", "largest error with the best host constant"});
  for (int step = -6; step <= 6; ++step) {
    const double clock = std::round(constants.clock_mhz * (1 + 0.01 * step) * 10) / 10;
    const auto timings = predict(with(platform, {clock, constants.pooling_ns_per_value}), stem);
    table.add({fmt::format("{:.1f}", clock), percent(best_error(timings))});
  }
  return "\nHow wide the constants are: the clock is held, the host constant chosen anew\n\n" + table.text();
}

struct Alternative {
  const char* what;
  std::vector<std::string> settings;
};

std::string alternatives_study(const std::string& platform, const std::vector<std::string>& settings,
                               const std::string& stem) {
  const Alternative alternatives[] = {
      {"shortcuts through external memory", {"schedule.fuse_shortcuts=off"}},
      {"residual sums stored with 16 bits", {"dma.pack_sums=false"}},
      {"residual path of one port", {"interconnect.gang_of_load_residuals=1", "interconnect.gang_of_store=1"}},
      {"residual path of three ports", {"interconnect.gang_of_load_residuals=3", "interconnect.gang_of_store=3"}},
      {"residual path of four ports", {"interconnect.gang_of_load_residuals=4", "interconnect.gang_of_store=4"}},
      {"ports at 125 MHz", {"interconnect.clock_mhz=125"}},
      {"ports at 333 MHz", {"interconnect.clock_mhz=333"}},
      {"lanes on neighbouring pixels", {"convolution.lane_mapping=pixels"}},
      {"A of one bank", {"memory.activations_banks=1"}},
      {"A of two banks", {"memory.activations_banks=2"}},
      {"A with one write port", {"memory.activations_write_ports=1"}},
      {"A of 16384 words, all small tensors stay", {"memory.activations_words=16384"}},
  };
  TextTable table({"structure", "clock MHz", "pooling ns", "ERNs18x075", "ERNs18", "ERNs34", "ERNs50", "ERNs101"});
  for (const Alternative& each : alternatives) {
    std::vector<std::string> all = settings;
    all.insert(all.end(), each.settings.begin(), each.settings.end());
    const PlatformConfig config = load_platform(platform, all);
    const Constants constants = fit(config, stem);
    std::vector<std::string> row{each.what, fmt::format("{:.2f}", constants.clock_mhz),
                                 fmt::format("{:.2f}", constants.pooling_ns_per_value)};
    for (const double error : errors(predict(with(config, constants), stem))) row.push_back(percent(error));
    table.add(row);
  }
  return "\nOther structures, each with its own fit\n\n" + table.text();
}

std::string size_study(const PlatformConfig& platform, const std::string& stem) {
  const std::array<int, 4> sides{224, 256, 288, 320};
  std::vector<TimingJob> jobs;
  for (const int side : sides) jobs.push_back({platform, "ERNs18", stem, side});
  const auto timings = time_all(jobs);
  TextTable table({"ERNs18 input", "simulated ms", "time / time at 256x256", "area / area at 256x256"});
  for (std::size_t i = 0; i < sides.size(); ++i)
    table.add({fmt::format("{0}x{0}", sides[i]), fmt::format("{:.3f}", timings[i].ms()),
               fmt::format("{:.3f}", timings[i].ms() / timings[1].ms()),
               fmt::format("{:.3f}", sides[i] * sides[i] / 65536.0)});
  return "\nThe paper says that time scales with the input's area\n\n" + table.text();
}

}  // namespace

int calibrate_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  const std::string name = line.get("platform", "kv260");
  const std::string stem = parse_choice("stem", line.get("stem", "released"), {"released", "paper"});
  const auto settings = line.list("set");
  const PlatformConfig platform = from_user([&] { return load_platform(name, settings); });
  std::optional<OutputFile> out;
  if (line.has("out")) out.emplace(line.get("out"));
  const Constants constants = fit(platform, stem);
  const PlatformConfig fitted = with(platform, constants);
  const auto timings = predict(fitted, stem);
  std::string text =
      fmt::format("Fitted to ERNs18 and ERNs50, {} stem: clock {:.2f} MHz, pooling {:.2f} ns per value\n\n{}\n", stem,
                  constants.clock_mhz, constants.pooling_ns_per_value, latency_table(timings));
  text += fmt::format("largest error {}\n", percent(worst(errors(timings))));
  if (line.flag("study"))
    text +=
        clock_study(platform, stem, constants) + alternatives_study(name, settings, stem) + size_study(fitted, stem);
  if (out) out->write(constants_toml(constants, command_of(line)));
  if (!out || !out->is_standard_output()) print(text);
  return 0;
}

Manual calibrate_manual() {
  return {{"calibrate [OPTIONS]"},
          "Fits the clock and the host's pooling rate to the published latencies of ERNs18 and ERNs50 and predicts "
          "those of ERNs18x075, ERNs34 and ERNs101 with them.",
          options()};
}

}  // namespace ernsim::tools
