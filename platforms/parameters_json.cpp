#include "platforms/parameters_json.h"

#include <cmath>

#include "platforms/parameters.h"

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;

/// [alternative of Parameter::typed]
constexpr const char* type_names[] = {"boolean", "integer", "number", "name"};

/// A limit as the parameter's own type.
Json limit(const Parameter& parameter, double value) {
  if (std::holds_alternative<std::int64_t>(parameter.typed)) return std::llround(value);
  if (std::holds_alternative<double>(parameter.typed)) return value;
  return {};
}

Json entry(const Parameter& parameter) {
  const ParameterInfo& info = parameter.info;
  const bool is_name = std::holds_alternative<std::string>(parameter.typed);
  return {{"name", parameter.name()},
          {"section", parameter.section},
          {"key", info.key},
          {"type", type_names[parameter.typed.index()]},
          {"value", std::visit([](const auto& value) { return Json(value); }, parameter.typed)},
          {"unit", *info.unit == '\0' ? Json() : Json(info.unit)},
          {"minimum", limit(parameter, info.minimum)},
          {"maximum", limit(parameter, info.maximum)},
          {"names", is_name ? Json(parameter.names) : Json()},
          {"may_be_file", is_name ? Json(parameter.may_be_file) : Json()},
          {"meaning", info.meaning},
          {"source", info.source}};
}

}  // namespace

Json parameters_json(const PlatformConfig& config) {
  Json all = Json::array();
  for (const Parameter& each : parameters(config)) all.push_back(entry(each));
  return all;
}

}  // namespace ernsim
