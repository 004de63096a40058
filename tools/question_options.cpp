#include "tools/question_options.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "config/user_error.h"
#include "output/output_file.h"
#include "output/shell_word.h"
#include "platforms/parameters.h"
#include "sweep/definition.h"
#include "sweep/question.h"
#include "tools/commands.h"

namespace ernsim::tools {

namespace po = boost::program_options;

namespace {

constexpr const char* single_options[] = {"stem",   "input-size", "platform", "thermometer", "data",
                                          "labels", "first",      "resize",   "filter",      "crop"};

/// The command that asks, for a shell.
std::string question_command(const CommandLine& line) {
  std::string command = "ernsim sweep";
  for (const char* option : {"network", "want", "best", "accuracy"})
    for (const std::string& each : line.list(option)) command += fmt::format(" --{} {}", option, shell_word(each));
  for (const char* option : single_options)
    if (line.has(option)) command += fmt::format(" --{} {}", option, shell_word(line.get(option)));
  if (line.flag("ten-crop")) command += " --ten-crop";
  for (const std::string& each : line.list("set")) command += " --set " + shell_word(each);
  return command;
}

/// What the options of an evaluation say, as the section `evaluate` has it.
std::vector<std::pair<std::string, std::string>> evaluation_of(const CommandLine& line) {
  std::vector<std::pair<std::string, std::string>> found;
  const auto is_number = [](const std::string& text) {
    return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
  };
  for (const char* option : {"data", "labels", "first", "resize", "filter", "crop"})
    if (line.has(option)) {
      const std::string value = line.get(option);
      const bool path = option == std::string("data") || option == std::string("labels");
      found.emplace_back(option, is_number(value) && !path ? value : toml_quoted(value));
    }
  if (line.flag("ten-crop")) found.emplace_back("ten_crop", "true");
  return found;
}

}  // namespace

const std::vector<const char*> question_option_names = {
    "network",  "want", "best",   "stem",  "input-size", "platform", "init", "thermometer",
    "accuracy", "data", "labels", "first", "resize",     "filter",   "crop", "ten-crop"};

po::options_description question_options() {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto list = [](const char* name) { return po::value<std::vector<std::string>>()->value_name(name); };
  po::options_description question("Instead of a file: a question, over the axes that are usual on the platform");
  question.add_options()("network", list("NAME|FILE"), "the network; may be repeated");
  question.add_options()("want", list("CONSTRAINT"), "what must hold, as in \"fps >= 120\"; may be repeated");
  question.add_options()("best", list("OBJECTIVE"),
                         "what is best, as in \"min lut\"; may be repeated (default max fps, min bram18)");
  question.add_options()("thermometer", text("N"), "embedding codes per colour, 1 to 32 (default the networks' own)");
  question.add_options()("accuracy", list("NETWORK=SHARE|FILE.csv"),
                         "what a network scores, 0 to 1, or what eval --csv wrote of it; may be repeated");
  question.add_options()("data", text("DIR|FILE"), "evaluate networks with weights on these pictures, as eval does");
  question.add_options()("labels", text("FILE.npy"), "as eval has it");
  question.add_options()("first", text("N"), "as eval has it");
  question.add_options()("resize", text("N|HxW"), "as eval has it");
  question.add_options()("filter", text("NAME"), "as eval has it");
  question.add_options()("crop", text("N|HxW"), "as eval has it");
  question.add_options()("ten-crop", po::bool_switch(), "as eval has it");
  question.add_options()("stem", text("released|paper"), "of the networks (default their own)");
  question.add_options()("input-size", text("HxW"), "of the networks (default their own)");
  question.add_options()("platform", text("NAME|FILE.toml"), "what the axes change (default kv260)");
  question.add_options()("init", text("FILE.toml"), "write the question as a sweep file, with comments, and end");
  return question;
}

bool asks(const CommandLine& line) { return line.has("network") || line.has("init"); }

std::string question_text(const CommandLine& line) {
  const auto networks = line.has("network") ? line.list("network") : std::vector<std::string>{"ERNs18"};
  return sweep_file_of(
      {line.get("platform", "kv260"), networks, line.get("stem"), line.get("input-size"), line.get("thermometer"),
       line.list("accuracy"), evaluation_of(line), line.list("want"), line.list("best"), line.list("set")},
      question_command(line));
}

void write_template(const CommandLine& line) {
  const std::string file = line.get("init");
  if (file != "-" && std::filesystem::exists(file)) throw UserError(fmt::format("--init '{}': is there already", file));
  const OutputFile out(file);
  const std::string text = from_user([&] { return question_text(line); });
  from_user([&] { return parse_sweep(text, file); });
  out.write(text);
}

}  // namespace ernsim::tools
