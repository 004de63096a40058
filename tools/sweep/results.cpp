#include "tools/sweep/results.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/sweep/figures.h"
#include "tools/sweep/misses.h"
#include "tools/text_table.h"

namespace ernsim::tools {

namespace {

constexpr std::size_t most_shown = 40;

nlohmann::ordered_json row_json(const SweepRow& row) {
  nlohmann::ordered_json json{{"number", row.number},           {"network", row.point.network},
                              {"stem", row.point.stem},         {"input_size", row.point.input_size},
                              {"settings", row.point.settings}, {"reason", row.reason}};
  const auto names = figure_names();
  for (std::size_t i = 0; i < row.figures.size(); ++i) json[names[i]] = row.figures[i];
  return json;
}

std::string objectives_text(const SweepDefinition& definition) {
  std::vector<std::string> texts;
  for (const auto& each : definition.objectives) texts.push_back((each.maximise ? "max " : "min ") + each.figure);
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string constraints_text(const SweepDefinition& definition) {
  std::vector<std::string> texts;
  for (const auto& each : definition.constraints) texts.push_back(text_of(each));
  return texts.empty() ? "" : fmt::format(" where {}", fmt::join(texts, " and "));
}

std::string front_text(const SweepFront& front) {
  TextTable table({"point", "settings", "fps", "latency ms", "DRAM MB", "BRAM18", "LUT"});
  for (std::size_t i = 0; i < std::min(front.rows.size(), most_shown); ++i) {
    const SweepRow& row = front.rows[i];
    const auto figure = [&row](const char* name) { return figure_of(row.figures, name); };
    table.add({std::to_string(row.number), settings_text(row.point), fmt::format("{:.1f}", figure("fps")),
               fmt::format("{:.3f}", figure("latency_ms")),
               fmt::format("{:.2f}", (figure("dram_read_bytes") + figure("dram_write_bytes")) / 1e6),
               fmt::format("{}", figure("bram18")), fmt::format("{}", figure("lut"))});
  }
  return fmt::format("{} {}{}\n{}", front.rows.size(), front.rows.size() == 1 ? "point" : "points",
                     front.rows.size() > most_shown ? fmt::format(", the first {}", most_shown) : "", table.text());
}

/// The points of the front's network and input size.
std::vector<SweepRow> rows_of(const SweepFront& front, const std::vector<SweepRow>& rows) {
  std::vector<SweepRow> own;
  for (const SweepRow& row : rows)
    if (row.point.network == front.network && row.point.input_size == front.input_size) own.push_back(row);
  return own;
}

}  // namespace

std::vector<SweepFront> fronts_of(const SweepDefinition& definition, const std::vector<SweepRow>& rows) {
  std::vector<SweepFront> fronts;
  for (const auto& network : definition.networks)
    for (const auto& size : definition.input_sizes) {
      std::vector<const SweepRow*> kept;
      std::vector<std::vector<double>> figures;
      for (const SweepRow& row : rows) {
        if (row.point.network != network || row.point.input_size != size) continue;
        if (!row.reason.empty() || !keeps(definition.constraints, row.figures)) continue;
        kept.push_back(&row);
        figures.push_back(row.figures);
      }
      fronts.push_back({network, size, {}});
      for (const std::size_t index : pareto_front(definition.objectives, figures))
        fronts.back().rows.push_back(*kept[index]);
    }
  return fronts;
}

std::string sweep_csv(const std::vector<SweepRow>& rows) {
  std::string text = fmt::format("number,network,stem,input_size,settings,reason,{}\n", fmt::join(figure_names(), ","));
  for (const SweepRow& row : rows) {
    std::string reason = row.reason;
    for (std::size_t at = 0; (at = reason.find('"', at)) != std::string::npos; at += 2) reason.insert(at, 1, '"');
    text += fmt::format("{},{},{},{},\"{}\",\"{}\"", row.number, row.point.network, row.point.stem,
                        row.point.input_size, settings_text(row.point), reason);
    for (std::size_t i = 0; i < figure_names().size(); ++i)
      text += row.figures.empty() ? "," : fmt::format(",{}", row.figures[i]);
    text += "\n";
  }
  return text;
}

std::string sweep_json(const std::vector<SweepRow>& rows, const std::vector<SweepFront>& fronts) {
  nlohmann::ordered_json json{{"points", nlohmann::json::array()}, {"pareto", nlohmann::json::array()}};
  for (const SweepRow& row : rows) json["points"].push_back(row_json(row));
  for (const SweepFront& front : fronts)
    for (const SweepRow& row : front.rows) json["pareto"].push_back(row.number);
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string sweep_summary(const SweepDefinition& definition, const std::vector<SweepRow>& rows,
                          const std::vector<SweepFront>& fronts, const std::string& database) {
  std::size_t refused = 0;
  for (const SweepRow& row : rows) refused += row.reason.empty() ? 0 : 1;
  std::string text = fmt::format("{} points in {}, {} of them not simulated\nPareto fronts over {}{}\n", rows.size(),
                                 database, refused, objectives_text(definition), constraints_text(definition));
  for (const SweepFront& front : fronts) {
    const auto own = rows_of(front, rows);
    if (!own.empty())
      text += fmt::format("\n{} {}: {}", front.network, front.input_size,
                          front.rows.empty() ? misses_text(definition, own) : front_text(front));
  }
  return text;
}

}  // namespace ernsim::tools
