#include <catch2/catch.hpp>

#include "platforms/config_file.h"
#include "simulation/figures.h"
#include "tools/completion.h"
#include "tools/completion_scripts.h"
#include "tools/man_page.h"
#include "tools/manual_text.h"
#include "workloads/networks.h"

using namespace ernsim;
using namespace ernsim::tools;
using Catch::Matchers::Contains;

namespace {

/// As a man page writes it.
std::string in_roff(std::string text) {
  for (std::size_t at = 0; (at = text.find('-', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

Candidates candidates(const std::string& command, const std::string& option) {
  return candidates_of(command, find_command(command).manual().options.find(option, false));
}

}  // namespace

TEST_CASE("help, man page and both completions have every option of every subcommand") {
  const std::string bash = bash_completion(), zsh = zsh_completion(), main_page = main_man_page("2026-01-31");
  for (const Command& command : commands()) {
    INFO(command.name);
    const std::string help = help_text(command), page = man_page(command, "2026-01-31");
    const auto options = option_names(command);
    CHECK(options.size() >= 2);
    for (const std::string& option : options) {
      INFO(option);
      CHECK_THAT(help, Contains(option + " ") || Contains(option + "\n"));
      CHECK_THAT(page, Contains("\n\\fB" + in_roff(option) + "\\fR"));
      CHECK_THAT(zsh, Contains("'*" + option + "=[") || Contains("'" + option + "["));
    }
    std::string all;
    for (const std::string& option : options) all += (all.empty() ? "" : "\n") + option;
    CHECK_THAT(bash, Contains(std::string("\n    ") + command.name + ") options='" + all + "'"));
    CHECK_THAT(main_page, Contains(in_roff(std::string("ernsim-") + command.name)));
  }
}

TEST_CASE("usage and examples of a subcommand are in its help and in its man page") {
  for (const Command& command : commands()) {
    INFO(command.name);
    const Manual manual = command.manual();
    const std::string help = help_text(command), page = man_page(command, "");
    CHECK_FALSE(manual.usage.empty());
    for (const std::string& usage : manual.usage) {
      CHECK_THAT(help, Contains(" ernsim " + usage + "\n"));
      const std::string name = command.name;
      CHECK_THAT(page, Contains("\n\\fBernsim " + name + "\\fR" + in_roff(usage.substr(name.size())) + "\n"));
    }
    for (const Example& each : manual.examples)
      for (const std::string& words : each.commands) {
        CHECK_THAT(help, Contains("  " + words + "\n"));
        CHECK_THAT(page, Contains("\n" + in_roff(words) + "\n"));
      }
  }
}

TEST_CASE("an option whose value is one of some words is completed with them") {
  CHECK(candidates("run", "data").words == std::vector<std::string>{"on", "off"});
  CHECK(candidates("compare", "mode").words == std::vector<std::string>{"values", "order", "cycles"});
  CHECK(candidates("run", "frames").words.empty());
  CHECK_FALSE(candidates("run", "frames").files);
}

TEST_CASE("an option whose value has a name is completed with the names there are, and with files where they may be") {
  CHECK(candidates("run", "network").list == "networks");
  CHECK(candidates("run", "network").files);
  CHECK(candidates("platforms", "toml").list == "platforms");
  CHECK(candidates("platforms", "toml").files);
  CHECK(candidates("networks", "toml").list == "networks");
  CHECK(candidates("sweep", "want").list == "figures");
  CHECK(candidates("sweep", "best").list == "objectives");
  CHECK(candidates("run", "set").list == "keys");
  CHECK(candidates("export", "set").list == "network_keys");
  CHECK(candidates("networks", "set").list == "network_keys");
  CHECK(candidates("calibrate", "set").list == "platform_keys");
  CHECK(candidates("vectors", "out").folders);
  CHECK(word_candidates(find_command("export")).list == "networks");
  CHECK(word_candidates(find_command("check")).files);
  CHECK_FALSE(word_candidates(find_command("run")).files);
  CHECK(shared_list("networks") == workloads::network_names());
  CHECK(shared_list("platforms") == built_in_platforms());
  CHECK(shared_list("figures").size() == figures().size());
  CHECK(shared_list("objectives").size() == 2 * figures().size());
  CHECK(shared_list("keys").size() == shared_list("platform_keys").size() + shared_list("network_keys").size());
  for (const char* list : shared_lists) CHECK_FALSE(shared_list(list).empty());
}

TEST_CASE("paragraphs are wrapped at words, and a longer word has its own line") {
  CHECK(wrapped("one two three", 7) == "one two\nthree\n");
  CHECK(wrapped("one two three", 6) == "one\ntwo\nthree\n");
  CHECK(wrapped("extraordinary\nx", 5) == "extraordinary\nx\n");
}
