#include "tools/sweep_results.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/sweep_figures.h"
#include "tools/text_table.h"

namespace ernsim::tools {

namespace {

nlohmann::ordered_json row_json(const SweepRow& row) {
  nlohmann::ordered_json json{{"number", row.number},           {"network", row.point.network},
                              {"stem", row.point.stem},         {"input_size", row.point.input_size},
                              {"settings", row.point.settings}, {"reason", row.reason}};
  const auto names = figure_names();
  for (std::size_t i = 0; i < row.figures.size(); ++i) json[names[i]] = row.figures[i];
  return json;
}

}  // namespace

std::vector<SweepRow> best(const SweepDefinition& definition, const std::vector<SweepRow>& rows) {
  std::vector<SweepRow> kept;
  std::vector<std::vector<double>> figures;
  for (const SweepRow& row : rows) {
    if (!row.reason.empty() || !keeps(definition.constraints, row.figures)) continue;
    kept.push_back(row);
    figures.push_back(row.figures);
  }
  std::vector<SweepRow> front;
  for (const std::size_t index : pareto_front(definition.objectives, figures)) front.push_back(kept[index]);
  return front;
}

std::string sweep_csv(const std::vector<SweepRow>& rows) {
  std::string text = fmt::format("number,network,stem,input_size,settings,reason,{}\n", fmt::join(figure_names(), ","));
  for (const SweepRow& row : rows) {
    std::string reason = row.reason;
    for (std::size_t at = 0; (at = reason.find('"', at)) != std::string::npos; at += 2) reason.insert(at, 1, '"');
    text += fmt::format("{},{},{},{},\"{}\",\"{}\"", row.number, row.point.network, row.point.stem,
                        row.point.input_size, fmt::join(row.point.settings, " "), reason);
    for (std::size_t i = 0; i < figure_names().size(); ++i)
      text += row.figures.empty() ? "," : fmt::format(",{}", row.figures[i]);
    text += "\n";
  }
  return text;
}

std::string sweep_json(const std::vector<SweepRow>& rows, const std::vector<SweepRow>& front) {
  nlohmann::ordered_json json{{"points", nlohmann::json::array()}, {"pareto", nlohmann::json::array()}};
  for (const SweepRow& row : rows) json["points"].push_back(row_json(row));
  for (const SweepRow& row : front) json["pareto"].push_back(row.number);
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string sweep_summary(const SweepDefinition& definition, const std::vector<SweepRow>& rows,
                          const std::vector<SweepRow>& front, const std::string& database) {
  std::size_t refused = 0;
  for (const SweepRow& row : rows) refused += row.reason.empty() ? 0 : 1;
  std::string text =
      fmt::format("{} points in {}, {} of them not simulated\n\nPareto front over", rows.size(), database, refused);
  for (const auto& each : definition.objectives)
    text += fmt::format(" {} {}", each.maximise ? "max" : "min", each.figure);
  if (!definition.constraints.empty()) text += " where";
  for (const auto& each : definition.constraints)
    text += fmt::format(" {} {} {}", each.figure, each.relation, each.bound);
  TextTable table({"point", "network", "input", "settings", "fps", "latency ms", "DRAM MB", "BRAM18", "LUT"});
  constexpr std::size_t most = 40;
  for (std::size_t i = 0; i < std::min(front.size(), most); ++i) {
    const auto& f = front[i].figures;  // in the order of figure_names()
    table.add({std::to_string(front[i].number), front[i].point.network, front[i].point.input_size,
               fmt::format("{}", fmt::join(front[i].point.settings, " ")), fmt::format("{:.1f}", f[2]),
               fmt::format("{:.3f}", f[1]), fmt::format("{:.2f}", (f[5] + f[6]) / 1e6), fmt::format("{}", f[10]),
               fmt::format("{}", f[8])});
  }
  text += fmt::format(": {} points{}\n\n{}", front.size(), front.size() > most ? ", the first 40" : "", table.text());
  return text;
}

}  // namespace ernsim::tools
