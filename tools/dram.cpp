#include <fmt/format.h>

#include "config/user_error.h"
#include "models/dram/measure/agreement.h"
#include "output/output_file.h"
#include "output/text_table.h"
#include "platforms/named_part.h"
#include "tools/commands.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  po::options_description description("Options");
  description.add_options()("requests", po::value<std::string>()->value_name("N"),
                            "requests of one burst per case (default 100000)")(
      "part", po::value<std::string>()->value_name("NAME|FILE"), "this part only (default: every built-in part)");
  return description;
}

/// A number that is not known leaves its field empty.
std::string fraction(double value) { return value > 0 ? fmt::format("{:.3f}", value) : ""; }

std::string bandwidth_table(const DramConfig& config, std::int64_t requests) {
  TextTable table(
      {"case", "model", "DRAMSys", "Ramulator", "DRAMsim3", "closed form", "allowed", "within", "accesses per change"});
  for (const AgreementCase& each : agreement_cases(config, requests)) {
    const TrafficOutcome outcome = measure(config, each);
    table.add({each.name, fraction(outcome.bandwidth_fraction), fraction(each.tools[0]), fraction(each.tools[1]),
               fraction(each.tools[2]), fraction(each.closed_form),
               fmt::format("{:.3f} to {:.3f}", each.low, each.high),
               each.within(outcome.bandwidth_fraction) ? "yes" : "no",
               outcome.group < static_cast<double>(requests) / 4 ? fmt::format("{:.1f}", outcome.group) : ""});
  }
  return table.text();
}

std::string part_text(const std::string& part, std::int64_t requests) {
  DramConfig config;
  config.part = from_user([&] { return named_dram_part(part); });
  return fmt::format(
      "{}: peak {:.2f} GB/s\n\n{}\nlatency of one outstanding read: random {:.1f} ns, sequential {:.1f} ns\n\n", part,
      dram_peak_gb_s(config), bandwidth_table(config, requests),
      single_read_ns(config, TrafficPattern::Addresses::random, requests / 10),
      single_read_ns(config, TrafficPattern::Addresses::sequential, requests / 10));
}

}  // namespace

int dram_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  const std::int64_t requests = parse_integer("requests", line.get("requests", "100000"), 1000, 100'000'000);
  const std::string head =
      "Fraction of peak bandwidth, one rank, refresh of all banks on, fr_fcfs, open page, queue of 32\n\n";
  if (line.has("part")) {
    print(head + part_text(line.get("part"), requests));
    return 0;
  }
  print(head);
  for (const std::string& part : dram_part_names()) print(part_text(part, requests));
  return 0;
}

Manual dram_manual() {
  return {{"dram [--part NAME|FILE] [--requests N]"},
          "Measures the memory controller by itself under synthetic traffic, part by part, beside the figures of three "
          "public simulators where they are known, and beside what follows from the part's timing.",
          options()};
}

}  // namespace ernsim::tools
