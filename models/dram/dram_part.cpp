#include "models/dram/dram_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "config/parameter.h"
#include "generated/models/dram/built_in_parts.h"
#include "models/dram/dram_part_file.h"

namespace ernsim {

const std::vector<std::string>& dram_part_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const BuiltInPart& part : built_in_parts) all.emplace_back(part.name);
    return all;
  }();
  return names;
}

DramPart dram_part(const std::string& name_or_path) {
  for (const BuiltInPart& part : built_in_parts)
    if (name_or_path == part.name) return parse_dram_part(part.toml, part.name, std::string("part ") + part.name);
  std::error_code ignored;
  std::ifstream file;
  if (std::filesystem::is_regular_file(name_or_path, ignored)) file.open(name_or_path, std::ios::binary);
  if (!file.is_open()) {
    std::string names;
    for (const std::string& name : dram_part_names()) names += (names.empty() ? "" : ", ") + name;
    throw ConfigError(fmt::format("\"{}\": must be one of {}, or a readable file", name_or_path, names));
  }
  return parse_dram_part({std::istreambuf_iterator<char>(file), {}}, name_or_path, name_or_path);
}

const DramPart& default_dram_part() {
  static const DramPart part = dram_part("kv260_x16");
  return part;
}

}  // namespace ernsim
