#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "config/user_error.h"
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

void write(const fs::path& folder, const Files& files) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw UserError(fmt::format("--out '{}': {}", folder.string(), error.message()));
  OutputDirectory directory(folder.string());
  for (const auto& [name, text] : files) directory.write(name, text);
  directory.commit();
}

}  // namespace

int manual_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  if (!line.has("out")) throw UserError("manual needs --out DIR");
  const fs::path out = line.get("out");
  const std::string date = line.get("date");
  if (date.find_first_not_of("0123456789-") != std::string::npos)
    throw UserError(fmt::format("--date '{}': must be like 2026-01-31", date));
  Files pages{{"ernsim.1", main_man_page(date)}};
  for (const Command& command : commands()) pages[fmt::format("ernsim-{}.1", command.name)] = man_page(command, date);
  write(out / "man" / "man1", pages);
  write(out / "bash-completion" / "completions", {{"ernsim", bash_completion()}});
  write(out / "zsh" / "site-functions", {{"_ernsim", zsh_completion()}});
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
