#include <fmt/format.h>
#include <fmt/ostream.h>

#include "models/dram/agreement.h"
#include "tools/commands.h"
#include "tools/output_file.h"
#include "tools/text_table.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  po::options_description description("Options");
  description.add_options()("requests", po::value<std::string>()->value_name("N"),
                            "64-byte requests per case (default 1000000)");
  return description;
}

DramConfig generic(AddressMapping mapping) {
  DramConfig config;
  config.part = DramPart::generic_x8;
  config.mapping = mapping;
  return config;
}

double single_read_ns(TrafficPattern::Addresses addresses, std::int64_t requests) {
  TrafficPattern pattern;
  pattern.addresses = addresses;
  pattern.requests = requests;
  pattern.outstanding = 1;
  return measure(generic(AddressMapping::row_column_bank), pattern).average_latency_ns;
}

std::string bandwidth_table(std::int64_t requests) {
  TextTable table({"case", "model", "DRAMSys 5.1", "Ramulator 2.1", "DRAMsim3", "allowed", "within"});
  for (const AgreementCase& each : agreement_cases(requests)) {
    const double fraction = measure(generic(each.mapping), each.pattern).bandwidth_fraction;
    const auto number = [](double value) { return fmt::format("{:.3f}", value); };
    table.add({each.name, number(fraction), number(each.tools[0]), number(each.tools[1]), number(each.tools[2]),
               number(each.low()) + " to " + number(each.high()),
               fraction >= each.low() && fraction <= each.high() ? "yes" : "no"});
  }
  return table.text();
}

}  // namespace

int dram_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  const std::int64_t requests = parse_integer("requests", line.get("requests", "1000000"), 1000, 100'000'000);
  std::string text =
      "Fraction of peak bandwidth, DDR4-2400 x8, refresh on, fr_fcfs, open page\n\n" + bandwidth_table(requests);
  text += fmt::format(
      "\nlatency of one outstanding read: random {:.1f} ns (tools: 45.3 ns), sequential {:.1f} ns (tools: 19.0 ns)\n",
      single_read_ns(TrafficPattern::Addresses::random, requests / 10),
      single_read_ns(TrafficPattern::Addresses::sequential, requests / 10));
  print(text);
  return 0;
}

std::string dram_help() {
  return fmt::format(
      "usage: ernsim dram [--requests N]\n\n"
      "Measures the DDR4 controller by itself under synthetic traffic, beside the figures of three public "
      "simulators.\n\n{}",
      fmt::streamed(options()));
}

}  // namespace ernsim::tools
