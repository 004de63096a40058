#include "config/did_you_mean.h"

#include <catch2/catch.hpp>
#include <map>

#include "config/nearest.h"
#include "models/platform/platform_config.h"
#include "platforms/parameters.h"
#include "sweep/figures.h"
#include "tools/completion.h"

using namespace ernsim;
using namespace ernsim::tools;
using ernsim::edit_distance;
using ernsim::is_near;

namespace {

using Names = std::vector<std::string>;

std::string suggested(const std::string& word, const Names& names) {
  return std::string(nearest(word, {names.begin(), names.end()}));
}

/// Lists of names from which the program makes suggestions.
std::map<std::string, Names> all_lists() {
  std::map<std::string, Names> lists;
  for (const Command& command : commands()) {
    lists["subcommands"].emplace_back(command.name);
    lists[std::string("options of ") + command.name] = option_names(command);
  }
  for (const Parameter& each : parameters(PlatformConfig{})) {
    lists["keys of " + each.section].emplace_back(each.info.key);
    if (lists["sections"].empty() || lists["sections"].back() != each.section)
      lists["sections"].push_back(each.section);
  }
  for (const char* list : {"networks", "platforms", "parts"}) lists[list] = shared_list(list);
  lists["figures"] = figure_names();
  return lists;
}

/// A name with one letter left out, doubled, changed, or changed places with the next.
Names mistyped(const std::string& name) {
  Names all;
  for (std::size_t i = 0; i < name.size(); ++i) {
    all.push_back(name.substr(0, i) + name.substr(i + 1));
    all.push_back(name.substr(0, i + 1) + name.substr(i));
    all.push_back(name.substr(0, i) + '~' + name.substr(i + 1));
    if (i + 1 < name.size()) all.push_back(name.substr(0, i) + name[i + 1] + name[i] + name.substr(i + 2));
  }
  return all;
}

}  // namespace

TEST_CASE("the edit distance counts insertions, deletions, substitutions and swaps") {
  CHECK(edit_distance("lanes", "lanes") == 0);
  CHECK(edit_distance("lane", "lanes") == 1);
  CHECK(edit_distance("lanes", "lane") == 1);
  CHECK(edit_distance("lames", "lanes") == 1);
  CHECK(edit_distance("laens", "lanes") == 1);
  CHECK(edit_distance("", "lanes") == 5);
  CHECK(edit_distance("lanes", "") == 5);
}

TEST_CASE("a name is near up to a third of its letters, and by its beginning from three letters on") {
  CHECK(is_near("rnu", "run"));
  CHECK(is_near("dr", "dram") == false);
  CHECK(is_near("dra", "dram"));
  CHECK(is_near("accumulator", "accumulator_bits"));
  CHECK(is_near("abcdxy", "abcdef"));
  CHECK_FALSE(is_near("abcxyz", "abcdef"));
  CHECK_FALSE(is_near("", "run"));
}

TEST_CASE("the nearest name is suggested, the first of equals") {
  CHECK(suggested("queue_dept", {"refresh", "queue_depth", "part"}) == "queue_depth");
  CHECK(suggested("lanex", {"laney", "lanez"}) == "laney");
  CHECK(did_you_mean("lane", {"lanes"}) == "; did you mean lanes?");
}

TEST_CASE("capitals are no mistake: the name with the same letters is the nearest") {
  CHECK(suggested("ERNS18", {"ERNs34", "ERNs18"}) == "ERNs18");
  CHECK(suggested("k26", {"ZU2EG", "K26"}) == "K26");
}

TEST_CASE("no far name is suggested: what is allowed is said instead") {
  CHECK(did_you_mean("version", {"run", "sweep"}).empty());
  CHECK(did_you_mean("version", {"run", "sweep"}, "there are two") == "; there are two");
  CHECK(did_you_mean("lanes", {}).empty());
  for (const auto& [what, names] : all_lists())
    for (const char* word : {"banana", "quickstart", "zz", "x", "--yes-please", "hjkl"}) {
      INFO(what << ": " << word << " gives " << suggested(word, names));
      CHECK(suggested(word, names).empty());
    }
}

TEST_CASE(
    "one wrong letter in any subcommand, option, section, key or figure suggests a name as near as the right one") {
  std::size_t tried = 0;
  for (const auto& [what, names] : all_lists()) {
    for (const std::string& name : names)
      for (const std::string& word : mistyped(name)) {
        if (name.size() < 3 || word == name) continue;
        const std::string found = suggested(word, names);
        ++tried;
        if (found.empty() || edit_distance(word, found) > 1) FAIL(what << ": " << word << " gives " << found);
      }
  }
  CHECK(tried > 5000);
}
