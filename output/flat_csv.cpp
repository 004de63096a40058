#include "output/flat_csv.h"

#include <nlohmann/json.hpp>

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;

/// `~` and `/` in a key are written as RFC 6901 asks.
std::string pointer_step(const std::string& key) {
  std::string step = "/";
  for (const char c : key) step += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string{c};
  return step;
}

void append(const Json& json, const std::string& path, std::string& csv) {
  if (json.is_structured()) {
    for (const auto& [key, value] : json.items()) append(value, path + pointer_step(key), csv);
    return;
  }
  const auto text = json.is_string() ? json.get<std::string>() : json.is_null() ? std::string() : json.dump();
  csv += csv_field(path) + "," + csv_field(text) + "\n";
}

}  // namespace

std::string flat_csv(const Json& json) {
  std::string csv = "path,value\n";
  append(json, "", csv);
  return csv;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace ernsim
