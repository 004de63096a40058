#include "output/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;

std::string plain(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

bool on_one_line(const Json& json) {
  if (!json.is_structured() || json.empty()) return true;
  if (std::any_of(json.begin(), json.end(), [](const Json& each) { return each.is_structured(); })) return false;
  return json.is_array() || json.size() <= 4;
}

std::string inline_text(const Json& json) {
  if (!json.is_structured() || json.empty()) return plain(json);
  std::string text = json.is_array() ? "[" : "{";
  for (const auto& [key, value] : json.items()) {
    if (text.size() > 1) text += ", ";
    if (json.is_object()) text += plain(Json(key)) + ": ";
    text += plain(value);
  }
  return text + (json.is_array() ? "]" : "}");
}

void append(const Json& json, std::size_t depth, std::string& text) {
  if (on_one_line(json)) return void(text += inline_text(json));
  const char* separator = "\n";
  text += json.is_array() ? "[" : "{";
  for (const auto& [key, value] : json.items()) {
    text += separator + std::string(2 * depth + 2, ' ');
    if (json.is_object()) text += plain(Json(key)) + ": ";
    append(value, depth + 1, text);
    separator = ",\n";
  }
  text += "\n" + std::string(2 * depth, ' ') + (json.is_array() ? "]" : "}");
}

}  // namespace

std::string json_text(const Json& json) {
  std::string text;
  append(json, 0, text);
  return text + "\n";
}

}  // namespace ernsim
