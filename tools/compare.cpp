#include <fmt/format.h>

#include "config/user_error.h"
#include "output/message.h"
#include "output/output_file.h"
#include "tools/commands.h"
#include "traces/compare.h"
#include "traces/compare_headers.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
using traces::Mode;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description all("Comparison");
  all.add_options()("mode", text("values|order|cycles"),
                    "values: the same beats in any order; order: one after the other; cycles: also in the "
                    "same cycles (default cycles)");
  all.add_options()("slack", text("CYCLES"), "with cycles: how many cycles a beat may be early or late (default 0)");
  all.add_options()("align", po::bool_switch(),
                    "with cycles: move the candidate's cycles so that its first beat comes with the golden one's");
  return all;
}

Mode mode_of(const std::string& text) {
  return text == "values" ? Mode::values : text == "order" ? Mode::order : Mode::cycles;
}

std::string describe(const traces::Divergence& at) {
  std::string text = fmt::format("first divergence: cycle {}, {}, {}\n", at.cycle, at.channel, at.what);
  if (!at.where.empty()) text += fmt::format("  at        {}\n", at.where);
  text += fmt::format("  expected  {}\n  found     {}\n", at.expected, at.found);
  for (const auto& beat : at.around) text += "    " + beat + "\n";
  return text;
}

const char* name_of(Mode mode) { return mode == Mode::values ? "values" : mode == Mode::order ? "order" : "cycles"; }

/// Of traces that differ in their cycles: whether that is all, and whether it is one shift.
std::string advice(const traces::Reader& golden, const traces::Reader& candidate, traces::CompareOptions choice) {
  if (choice.mode != Mode::cycles || choice.align) return "";
  if (!compare(golden, candidate, {Mode::order, 0}).divergences.empty()) return "";
  choice.align = !golden.header().hashed && !candidate.header().hashed;
  const std::string same = "only cycles differ: with --mode order they are equal";
  if (!choice.align) return same + "\n";
  const auto aligned = compare(golden, candidate, choice);
  if (!aligned.divergences.empty()) return same + ", with --align they are not\n";
  return fmt::format("only time is shifted: with --align they are equal, the candidate moved by {} cycles\n",
                     aligned.shift_cycles);
}

std::string machines(const traces::Reader& golden, const traces::Reader& candidate) {
  std::string text;
  for (const auto& line : traces::header_differences(golden.header(), candidate.header()))
    text += fmt::format("not of the same machine: {}\n", line);
  return text;
}

std::string report(const traces::Comparison& comparison, const traces::CompareOptions& choice) {
  std::string text;
  if (!comparison.divergences.empty()) text = describe(comparison.divergences.front());
  for (std::size_t i = 1; i < comparison.divergences.size(); ++i) {
    const auto& other = comparison.divergences[i];
    text += fmt::format("also: cycle {}, {}, {}\n", other.cycle, other.channel, other.what);
  }
  if (!comparison.different_layers.empty())
    text += fmt::format("layers that differ: {} of {}: {}\n", comparison.different_layers.size(), comparison.layers,
                        fmt::join(comparison.different_layers, ", "));
  if (comparison.shift_cycles != 0)
    text += fmt::format("the candidate is moved by {} cycles\n", comparison.shift_cycles);
  text +=
      fmt::format("{}: {} beats of {} channels compared by {}", comparison.divergences.empty() ? "equal" : "different",
                  comparison.beats, comparison.compared.size(), name_of(choice.mode));
  if (choice.slack_cycles > 0) text += fmt::format(", give or take {}", choice.slack_cycles);
  if (!comparison.skipped.empty()) text += fmt::format("; not compared: {}", fmt::join(comparison.skipped, ", "));
  return text + "\n";
}

}  // namespace

int compare_command(const Arguments& arguments) {
  const CommandLine line(arguments, options(), 2);
  if (line.positional().size() != 2) throw UserError("compare needs a golden trace and a candidate");
  traces::CompareOptions choice;
  choice.mode = mode_of(parse_choice("mode", line.get("mode", "cycles"), {"values", "order", "cycles"}));
  choice.align = line.flag("align");
  if (choice.align && choice.mode != Mode::cycles) throw UserError("--align needs --mode cycles");
  if (line.has("slack") && choice.mode != Mode::cycles) throw UserError("--slack needs --mode cycles");
  choice.slack_cycles = parse_integer("slack", line.get("slack", "0"), 0, 1'000'000'000);
  try {
    const traces::Reader golden(line.positional()[0]), candidate(line.positional()[1]);
    for (const auto* trace : {&golden, &candidate})
      if (!trace->damage().empty())
        warn(fmt::format("{}: {}; what lies before is compared", trace->file(), trace->damage()));
    const auto comparison = compare(golden, candidate, choice);
    print(report(comparison, choice) + machines(golden, candidate));
    if (!comparison.divergences.empty()) print(advice(golden, candidate, choice));
    if (!golden.damage().empty() || !candidate.damage().empty()) return 2;
    return comparison.divergences.empty() ? 0 : 1;
  } catch (const traces::TraceError& error) {
    throw UserError(error.what());
  }
}

Manual compare_manual() {
  return {{"compare GOLDEN CANDIDATE [OPTIONS]"},
          "Compares the ports that both traces have and prints where they first differ, whether anything but time "
          "does, and whether network, clock or configuration are others.",
          options(),
          "0 equal, 1 different, 2 one of them cannot be read, or only in part."};
}

}  // namespace ernsim::tools
