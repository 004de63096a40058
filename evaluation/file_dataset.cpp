#include "evaluation/file_dataset.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>

#include "workloads/error.h"
#include "workloads/image.h"

namespace ernsim::evaluation {

namespace fs = std::filesystem;

namespace {

bool is_picture(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::set<std::string> pictures{".png", ".jpg", ".jpeg", ".ppm"};
  return pictures.count(ending) != 0;
}

std::vector<std::string> pictures_below(const fs::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && is_picture(entry.path())) found.push_back(entry.path().string());
  std::sort(found.begin(), found.end());
  return found;
}

[[noreturn]] void refuse_line(const std::string& path, std::size_t line) {
  throw workloads::WorkloadError(fmt::format("{}:{}: must be a file, a comma and a label, a whole number", path, line));
}

bool parse_label(const std::string& text, int& label) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), label);
  return error == std::errc() && end == text.data() + text.size();
}

/// The name may be quoted as RFC 4180 has it, and then hold commas.
std::string unquoted(const std::string& name) {
  if (name.size() < 2 || name.front() != '"' || name.back() != '"') return name;
  std::string plain;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    plain += name[i];
    if (name[i] == '"') ++i;
  }
  return plain;
}

}  // namespace

std::vector<LabelledFile> files_of_folder(const std::string& path) {
  std::set<fs::path> classes;
  for (const auto& entry : fs::directory_iterator(path))
    if (entry.is_directory() && entry.path().filename().string().front() != '.') classes.insert(entry.path());
  if (classes.empty()) throw workloads::WorkloadError(fmt::format("{}: holds no folder, one per class", path));
  std::vector<LabelledFile> files;
  int label = 0;
  for (const fs::path& folder : classes) {
    const auto pictures = pictures_below(folder);
    if (pictures.empty())
      throw workloads::WorkloadError(fmt::format("{}: holds no picture; .png .jpg .jpeg .ppm", folder.string()));
    for (const std::string& picture : pictures) files.push_back({picture, label});
    ++label;
  }
  return files;
}

std::vector<LabelledFile> files_of_csv(const std::string& path) {
  std::ifstream in(path);
  const fs::path folder = fs::path(path).parent_path();
  std::vector<LabelledFile> files;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const auto comma = line.rfind(',');
    if (comma == std::string::npos) refuse_line(path, number);
    int label = 0;
    if (!parse_label(line.substr(comma + 1), label)) {
      if (number == 1) continue;  // titles
      refuse_line(path, number);
    }
    const fs::path file = folder / unquoted(line.substr(0, comma));
    if (!fs::is_regular_file(file))
      throw workloads::WorkloadError(fmt::format("{}:{}: {}: no such picture", path, number, file.string()));
    files.push_back({file.string(), label});
  }
  return files;
}

workloads::Image FileDataset::load(std::size_t index) const { return workloads::load_image(files_[index].path); }

std::uint64_t FileDataset::fingerprint() const {
  std::string text;
  for (const LabelledFile& file : files_) {
    std::error_code none;
    text += fmt::format("{}\n{} {} {}\n", file.path, file.label, fs::file_size(file.path, none),
                        fs::last_write_time(file.path, none).time_since_epoch().count());
  }
  return XXH3_64bits(text.data(), text.size());
}

}  // namespace ernsim::evaluation
