#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

// The tree is the architecture: who may include whom is a rule, and this is the rule.

namespace fs = std::filesystem;

namespace {

const fs::path root = ERNSIM_SOURCE_DIR;

/// Rooms, and the rooms each may include besides itself. A room inside another is named by its path.
const std::map<std::string, std::set<std::string>> allowed{
    {"config", {}},
    {"output", {"config"}},
    {"timing", {"config"}},
    {"tlm", {"timing", "config"}},
    {"driver", {}},
    {"models/accelerator", {"tlm", "timing", "config"}},
    {"models/dram", {"tlm", "timing", "config"}},
    {"models/traffic", {"tlm", "timing", "config"}},
    {"models/estimates", {"models/accelerator", "models/dram", "timing", "config"}},
    {"models/platform",
     {"driver", "models/accelerator", "models/dram", "models/traffic", "models/estimates", "tlm", "timing", "config"}},
    {"platforms", {"models/platform", "models/dram", "tlm", "timing", "output", "config"}},
    {"workloads", {"config"}},
    {"import", {"workloads", "config"}},
    {"evaluation", {"workloads", "models/accelerator", "output", "config"}},
    {"compiler", {"workloads", "models/platform", "models/accelerator", "models/dram", "tlm", "timing", "config"}},
    {"traces", {"models/accelerator", "tlm", "timing"}},
    {"check", {"traces", "timing"}},
    {"python", {"traces"}},
    {"rtl", {"models/accelerator", "tlm", "timing"}},
    {"simulation",
     {"compiler", "traces", "rtl", "platforms", "workloads", "models/platform", "models/estimates",
      "models/accelerator", "models/dram", "tlm", "timing", "output", "config"}},
    {"sweep",
     {"simulation", "evaluation", "compiler", "platforms", "workloads", "models/platform", "models/estimates", "timing",
      "output", "config"}},
    {"search", {"sweep"}},
    {"report", {"sweep", "simulation", "platforms", "timing", "output", "config"}},
    {"tools",
     {"report", "sweep", "simulation", "evaluation", "compiler", "traces", "check", "rtl", "platforms", "workloads",
      "models/platform", "models/estimates", "models/accelerator", "models/dram", "tlm", "timing", "output", "config"}},
};

/// The room that a file, named by its path from the root, is in; empty if it is in none.
std::string room_of(const std::string& path) {
  for (auto end = path.rfind('/'); end != std::string::npos && end > 0; end = path.rfind('/', end - 1))
    if (allowed.count(path.substr(0, end)) == 1) return path.substr(0, end);
  return "";
}

struct Include {
  std::string file;  ///< relative to the root
  std::string target;
};

std::vector<Include> includes_of(const std::string& room) {
  std::vector<Include> found;
  const std::regex pattern("\\s*#include\\s+[<\"]([^>\"]+)[>\"].*");
  for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
    const auto extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".h") continue;
    std::ifstream file(entry.path());
    std::smatch match;
    for (std::string line; std::getline(file, line);)
      if (std::regex_match(line, match, pattern))
        found.push_back({fs::relative(entry.path(), root).string(), match[1]});
  }
  return found;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool is_systemc(const std::string& target) {
  return target.rfind("systemc", 0) == 0 || target.rfind("sysc", 0) == 0 || target.rfind("tlm_utils", 0) == 0 ||
         target == "tlm";
}

/// Files under models/ that may know SystemC: modules, and the compositions of modules.
bool may_use_systemc(const std::string& file) {
  const std::string stem = file.substr(0, file.rfind('.'));
  if (file.rfind("tlm/", 0) == 0 || file.rfind("tools/", 0) == 0 || ends_with(stem, "_module")) return true;
  return stem == "models/accelerator/accelerator" || stem == "models/platform/platform" ||
         stem == "timing/annotation" || stem == "rtl/verilated_design" || stem == "rtl/wire";
}

}  // namespace

TEST_CASE("rooms include only rooms below them") {
  for (const auto& [room, below] : allowed) {
    const auto found = includes_of(room);
    CHECK_FALSE(found.empty());
    for (const auto& include : found) {
      const std::string target = room_of(include.target);
      if (target.empty() || target == room || !fs::exists(root / include.target)) continue;
      INFO(include.file << " includes " << include.target);
      CHECK(below.count(target) == 1);
    }
  }
}

TEST_CASE("every file below models is in one of its rooms") {
  for (const auto& entry : fs::recursive_directory_iterator(root / "models")) {
    const auto extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".h") continue;
    INFO(entry.path());
    CHECK_FALSE(room_of(fs::relative(entry.path(), root).string()).empty());
  }
}

TEST_CASE("every file of the project is included by its path from the root") {
  for (const auto& [room, below] : allowed)
    for (const auto& include : includes_of(room)) {
      INFO(include.file << " includes " << include.target);
      const auto beside = (root / include.file).parent_path() / include.target;
      CHECK((fs::exists(root / include.target) || !fs::is_regular_file(beside)));
    }
}

TEST_CASE("SystemC is included by modules and transport only") {
  for (const auto& [room, below] : allowed)
    for (const auto& include : includes_of(room)) {
      if (!is_systemc(include.target)) continue;
      INFO(include.file << " includes " << include.target);
      CHECK(may_use_systemc(include.file));
    }
}
