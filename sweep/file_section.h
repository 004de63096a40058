#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "config/parameter.h"
#include "config/toml_text.h"

namespace ernsim {

/// A section of a sweep file, and how to complain about it.
class FileSection {
 public:
  FileSection(const toml::node& node, std::string path, std::string name, const char* example)
      : path_(std::move(path)), name_(std::move(name)), table_(node.as_table()) {
    if (table_ == nullptr) refuse(node, fmt::format("must be a section, as in [{}] with {}", name_, example));
  }

  const toml::table& table() const { return *table_; }
  [[noreturn]] void refuse(const toml::node& node, const std::string& what) const {
    throw ConfigError(fmt::format("{}:{}: {}: {}", path_, node.source().begin.line, name_, what));
  }

 private:
  std::string path_, name_;
  const toml::table* table_;
};

}  // namespace ernsim
