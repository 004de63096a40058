#include "platforms/parameters.h"

#include <fmt/format.h>

#include "config/did_you_mean.h"
#include "output/text_table.h"

namespace ernsim {

namespace {

/// Collects what visit_parameters shows.
struct Collect {
  std::vector<Parameter>& list;

  void operator()(const char* section, const ParameterInfo& info, std::int64_t value) {
    list.push_back(
        {section, info, std::to_string(value), fmt::format("{:.0f} to {:.0f}", info.minimum, info.maximum), value});
  }
  void operator()(const char* section, const ParameterInfo& info, double value) {
    list.push_back({section, info, decimal(value), fmt::format("{} to {}", info.minimum, info.maximum), value});
  }
  void operator()(const char* section, const ParameterInfo& info, bool value) {
    list.push_back({section, info, value ? "true" : "false", "true or false", value});
  }
  void operator()(const char* section, const ParameterInfo& info, const DramPart& value) {
    const auto& names = dram_part_names();
    list.push_back({section, info, toml_quoted(value.name), listed(names) + ", or a file", value.name, names, true});
  }
  template <class Enum>
  void operator()(const char* section, const ParameterInfo& info, Enum value, EnumNames<Enum> all) {
    std::vector<std::string> names;
    std::string current;
    for (const auto& [name, candidate] : all) {
      names.emplace_back(name);
      if (candidate == value) current = name;
    }
    list.push_back({section, info, toml_quoted(current), listed(names), current, names});
  }
};

}  // namespace

std::vector<Parameter> parameters(const PlatformConfig& config) {
  std::vector<Parameter> list;
  visit_parameters(config, Collect{list});
  return list;
}

std::string toml_quoted(const std::string& text) {
  std::string result = "\"";
  for (char c : text) result += (c == '"' || c == '\\') ? std::string{'\\', c} : std::string{c};
  return result + '"';
}

}  // namespace ernsim
