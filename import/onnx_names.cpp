#include "import/onnx_names.h"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>

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

std::string module_of(const std::string& node, const std::string& operation) {
  if (node.empty() || node[0] != '/') return "";
  std::string module, last;  // and its last part, which may begin the next one: layer1, then layer1.0
  std::istringstream parts(node.substr(1));
  for (std::string part; std::getline(parts, part, '/') && !(parts.eof() && part.rfind(operation, 0) == 0); last = part)
    if (!last.empty() && part.rfind(last + ".", 0) == 0)
      module += part.substr(last.size());
    else
      module += (module.empty() ? "" : ".") + part;
  return module;
}

std::string parent_of(const std::string& module) {
  const auto dot = module.rfind('.');
  return dot == std::string::npos ? "" : module.substr(0, dot);
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
