#include "report/run_diff_json.h"

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;

Json number_json(const std::optional<double>& value) {
  if (!value) return {};
  const auto whole = static_cast<std::int64_t>(*value);
  return static_cast<double>(whole) == *value ? Json(whole) : Json(*value);
}

/// `titles`: what the names of a row, and its unit where it is among them, are.
Json row_json(const DiffRow& row, const std::vector<const char*>& titles) {
  Json json = Json::object();
  for (std::size_t i = 0; i < titles.size(); ++i) json[titles[i]] = i < row.names.size() ? row.names[i] : row.unit;
  for (const char* key : {"values", "change", "percent"}) json[key] = Json::array();
  for (const auto& value : row.values) json["values"].push_back(number_json(value));
  for (std::size_t run = 1; run < row.values.size(); ++run) {
    json["change"].push_back(number_json(row.change(run)));
    json["percent"].push_back(number_json(row.percent(run)));
  }
  return json;
}

Json rows_json(const std::vector<DiffRow>& rows, const std::vector<const char*>& titles) {
  Json all = Json::array();
  for (const DiffRow& row : rows) all.push_back(row_json(row, titles));
  return all;
}

Json runs_json(const RunDiff& diff) {
  Json all = Json::array();
  for (const DiffRun& run : diff.runs)
    all.push_back({{"file", run.file},
                   {"network", run.network},
                   {"input_size", run.input_size},
                   {"platform", run.platform},
                   {"clock_mhz", run.clock_mhz},
                   {"command", run.command},
                   {"version", run.version}});
  return all;
}

Json settings_json(const RunDiff& diff) {
  Json all = Json::array();
  for (const DiffSetting& each : diff.settings)
    all.push_back({{"name", each.name}, {"unit", each.unit}, {"values", each.values}});
  return all;
}

}  // namespace

Json diff_json(const RunDiff& diff) {
  return {{"runs", runs_json(diff)},
          {"sentences", sentences_of(diff)},
          {"configuration", settings_json(diff)},
          {"figures", rows_json(diff.figures, {"name", "unit"})},
          {"array_cycles", rows_json(diff.array, {"use"})},
          {"layer_cycles", rows_json(diff.layers, {"layer"})},
          {"unit_cycles", rows_json(diff.stalls, {"unit", "cause"})},
          {"layer_bytes", rows_json(diff.bytes, {"layer", "direction"})}};
}

}  // namespace ernsim
