#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <list>
#include <map>

#include "config/user_error.h"
#include "output/interruption.h"
#include "output/new_folders.h"
#include "output/output_directory.h"
#include "tools/commands.h"
#include "tools/completion_scripts.h"
#include "tools/man_page.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

po::options_description options() {
  po::options_description description("Options");
  description.add_options()("out", po::value<std::string>()->value_name("DIR"),
                            "where they go, as below /usr/share: man/man1, bash-completion, zsh");
  description.add_options()("date", po::value<std::string>()->value_name("DATE"), "of the pages, as 2026-01-31");
  return description;
}

using Files = std::map<std::string, std::string>;

/// All files of all folders, or none.
void write(const std::map<fs::path, Files>& folders) {
  NewFolders made;
  std::list<OutputDirectory> directories;
  for (const auto& [folder, files] : folders) {
    made.make(folder);
    directories.emplace_back(folder.string());
  }
  auto directory = directories.begin();
  for (const auto& [folder, files] : folders) {
    for (const auto& [name, text] : files) directory->write(name, text);
    (directory++)->check();
  }
  const Uninterrupted whole;
  for (auto& each : directories) each.commit();
  made.keep();
}

/// Throws UserError unless the text is a day of the calendar.
void require_date(const std::string& text) {
  const char* const form = "%Y-%m-%d";
  std::tm day{};
  char again[16] = "";
  if (::strptime(text.c_str(), form, &day) != nullptr && ::timegm(&day) != -1)
    std::strftime(again, sizeof again, form, &day);
  if (text != again) throw UserError(fmt::format("--date '{}': must be a day, as 2026-01-31", text));
}

Files pages(const std::string& date) {
  Files made{{"ernsim.1", main_man_page(date)}};
  for (const Command& command : commands()) made[fmt::format("ernsim-{}.1", command.name)] = man_page(command, date);
  return made;
}

}  // namespace

int manual_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  if (!line.has("out")) throw UserError("manual needs --out DIR");
  const fs::path out = line.get("out");
  if (line.has("date")) require_date(line.get("date"));
  write({{out / "man" / "man1", pages(line.get("date"))},
         {out / "bash-completion" / "completions", {{"ernsim", bash_completion()}}},
         {out / "zsh" / "site-functions", {{"_ernsim", zsh_completion()}}}});
  return 0;
}

Manual manual_manual() {
  return {
      {"manual --out DIR [--date DATE]"},
      "Writes a man page of each subcommand, and completion for bash and zsh, made of the same tables as the help and "
      "the lists of networks, platforms, parameters and figures. cmake --install puts them where shells and man look.",
      options(),
      "",
      {{"without an installation",
        {"ernsim manual --out share", "man -l share/man/man1/ernsim-run.1",
         "source share/bash-completion/completions/ernsim"}}}};
}

}  // namespace ernsim::tools
