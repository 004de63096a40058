#include "output/file_names.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

namespace ernsim {

namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

std::string small(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string plain(std::string name) {
  name.resize(std::min(name.size(), FileNames::longest_stem));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !is_plain(c); }, '_');
  if (name.empty() || name[0] == '.' || name[0] == '-') name.insert(0, "_");
  return name;
}

}  // namespace

FileNames::FileNames(const std::vector<std::string>& taken) {
  for (const std::string& name : taken) taken_.insert(small(name));
}

std::string FileNames::of(const std::string& name, const std::string& ending) {
  const std::string stem = plain(name);
  std::string file = stem + ending;
  if (stem == name && taken_.insert(small(file)).second) return file;
  const std::string hashed = fmt::format("{}~{:016x}", stem, XXH3_64bits(name.data(), name.size()));
  file = hashed + ending;
  for (int count = 2; !taken_.insert(small(file)).second; ++count) file = fmt::format("{}~{}{}", hashed, count, ending);
  different_[file] = name + ending;
  return file;
}

bool is_file_name(std::string_view name) {
  const auto allowed = [](char c) { return is_plain(c) || c == '~'; };
  return !name.empty() && name[0] != '.' && name[0] != '-' && name.size() <= 255 &&
         std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace ernsim
