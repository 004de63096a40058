#include "import/onnx_names.h"

#include <fmt/format.h>

#include <filesystem>

namespace ernsim::workloads {

std::string network_name(const std::string& path) {
  const std::filesystem::path file(path);
  return (file.extension() == ".xz" ? file.stem() : file).stem().string();
}

std::string without_suffix(const std::string& name) {
  const std::string suffix = ".weight";
  const bool has = name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
  return has ? name.substr(0, name.size() - suffix.size()) : name;
}

std::string activation_name(const std::string& batch_norm) {
  const auto dot = batch_norm.rfind('.');
  const auto found = batch_norm.find("bn", dot == std::string::npos ? 0 : dot);
  if (found == std::string::npos) return batch_norm + ".act";
  return batch_norm.substr(0, found) + "act" + batch_norm.substr(found + 2);
}

std::string add_name(const std::string& convolution) {
  const auto dot = convolution.rfind('.');
  return dot == std::string::npos ? convolution + ".add" : convolution.substr(0, dot) + ".add";
}

std::string unique_name(std::set<std::string>& taken, const std::string& name) {
  std::string made = name;
  for (int number = 2; !taken.insert(made).second; ++number) made = fmt::format("{}_{}", name, number);
  return made;
}

}  // namespace ernsim::workloads
