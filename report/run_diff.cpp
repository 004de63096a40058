#include "report/run_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "output/rounded.h"
#include "output/text_table.h"
#include "simulation/array_account.h"
#include "simulation/figures.h"

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;
using Runs = std::vector<Json>;

/// Rows by name, in the order in which names come first. A run that has a name twice has the sum.
class Parts {
 public:
  Parts(std::size_t runs, std::string unit) : runs_(runs), unit_(std::move(unit)) {}

  void add(std::vector<std::string> names, std::size_t run, double value) {
    const auto place = places_.emplace(names, rows_.size()).first->second;
    if (place == rows_.size())
      rows_.push_back({std::move(names), unit_, std::vector<std::optional<double>>(runs_), true});
    auto& total = rows_[place].values[run];
    total = total.value_or(0) + value;
  }

  /// The largest change first, without those that are 0 in every run.
  std::vector<DiffRow> sorted() && {
    const auto is_nothing = [](const DiffRow& row) {
      return std::all_of(row.values.begin(), row.values.end(), [](const auto& each) { return each.value_or(0) == 0; });
    };
    rows_.erase(std::remove_if(rows_.begin(), rows_.end(), is_nothing), rows_.end());
    std::stable_sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return most(a) > most(b); });
    return std::move(rows_);
  }

 private:
  static double most(const DiffRow& row) {
    double found = 0;
    for (std::size_t run = 1; run < row.values.size(); ++run)
      found = std::max(found, std::abs(row.change(run).value_or(0)));
    return found;
  }

  std::size_t runs_;
  std::string unit_;
  std::map<std::vector<std::string>, std::size_t> places_;
  std::vector<DiffRow> rows_;
};

std::string text_of(const Json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string size_text(const Json& size) { return text_of(size[0]) + "x" + text_of(size[1]); }

DiffRun run_of(const std::string& file, const Json& run) {
  const auto text = [&run](const char* key) { return run.contains(key) ? text_of(run[key]) : ""; };
  return {file,
          text("network"),
          text("platform"),
          text("command"),
          text("version"),
          size_text(run["input_size"]),
          run["clock_mhz"].get<double>()};
}

template <class TextOf>
void add_if_different(const Runs& runs, const std::string& name, const std::string& unit, TextOf&& text,
                      std::vector<DiffSetting>& settings) {
  DiffSetting setting{name, unit, {}};
  for (const Json& run : runs) setting.values.push_back(text(run));
  const auto& first = setting.values.front();
  if (std::any_of(setting.values.begin(), setting.values.end(), [&](const auto& each) { return each != first; }))
    settings.push_back(std::move(setting));
}

std::vector<DiffSetting> settings_of(const Runs& runs) {
  std::vector<DiffSetting> settings;
  for (const char* key : {"version", "network", "stem", "input_size", "thermometer", "platform", "data", "frames"})
    add_if_different(
        runs, key, "", [key](const Json& run) { return run.contains(key) ? text_of(run[key]) : ""; }, settings);
  std::set<std::string> seen;
  for (const Json& of : runs)
    for (const auto& [key, parameter] : of["configuration"].items())
      if (const std::string name = key; seen.insert(name).second)
        add_if_different(
            runs, name, parameter["unit"].get<std::string>(),
            [&name](const Json& run) {
              const Json& all = run["configuration"];
              return all.contains(name) ? text_of(all[name]["value"]) : "";
            },
            settings);
  return settings;
}

std::optional<double> number_at(const Json& run, const char* place) {
  const Pointer pointer(place);
  if (!run.contains(pointer) || !run[pointer].is_number()) return std::nullopt;
  return run[pointer].get<double>();
}

std::vector<DiffRow> figures_in(const Runs& runs) {
  std::vector<DiffRow> rows;
  for (const Figure& figure : figures()) {
    if (*figure.in_run == '\0') continue;
    DiffRow row{{figure.name}, figure.unit, {}};
    for (const Json& run : runs) row.values.push_back(number_at(run, figure.in_run));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<DiffRow> layers_in(const Runs& runs) {
  Parts parts(runs.size(), "cycles");
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (const Json& layer : runs[run]["layers"]) parts.add({layer["name"]}, run, layer["cycles"].get<double>());
  return std::move(parts).sorted();
}

double slots_of(const Json& layer, SlotUse use) { return layer["array_slots"][name_of(use)].get<double>(); }

/// Multiplier-cycles as cycles of the whole array, so that arrays of different sizes can be compared.
std::vector<DiffRow> array_in(const Runs& runs) {
  Parts parts(runs.size(), "cycles");
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (const Json& layer : runs[run]["layers"]) {
      double all = 0;
      for (const SlotUse use : each<SlotUse>()) all += slots_of(layer, use);
      if (all == 0) continue;
      for (const SlotUse use : each<SlotUse>())
        parts.add({name_of(use)}, run, layer["cycles"].get<double>() * slots_of(layer, use) / all);
    }
  return std::move(parts).sorted();
}

std::vector<DiffRow> stalls_in(const Runs& runs) {
  Parts parts(runs.size(), "cycles");
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (const auto& [name, unit] : runs[run]["units"].items()) {
      parts.add({name, "busy"}, run, unit["busy_cycles"].get<double>());
      for (const auto& [cause, cycles] : unit["stall_cycles"].items())
        parts.add({name, cause}, run, cycles.get<double>());
      parts.add({name, "idle"}, run, unit["idle_cycles"].get<double>());
    }
  return std::move(parts).sorted();
}

std::vector<DiffRow> bytes_in(const Runs& runs) {
  Parts parts(runs.size(), "bytes");
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (const Json& layer : runs[run]["layers"]) {
      parts.add({layer["name"], "read"}, run, layer["dram_read_bytes"].get<double>());
      parts.add({layer["name"], "written"}, run, layer["dram_write_bytes"].get<double>());
    }
  return std::move(parts).sorted();
}

const DiffRow& cycles_in(const RunDiff& diff) {
  return *std::find_if(diff.figures.begin(), diff.figures.end(),
                       [](const DiffRow& row) { return row.names.front() == "cycles"; });
}

/// The part that changed most in the direction of the whole: "weights (-1,234)"; empty if none did.
std::string largest_of(const std::vector<DiffRow>& parts, std::size_t run, double whole) {
  const auto share = [&](const DiffRow& row) { return row.change(run).value_or(0) * (whole < 0 ? -1 : 1); };
  const auto most =
      std::max_element(parts.begin(), parts.end(), [&](const auto& a, const auto& b) { return share(a) < share(b); });
  if (most == parts.end() || share(*most) <= 0) return "";
  return fmt::format("{} ({})", most->names.front(), signed_count(most->change(run).value_or(0)));
}

/// "; the largest part: weights (-1,234) of the array, layer conv1 (-900)".
std::string largest_parts(const RunDiff& diff, std::size_t run, double whole) {
  const std::string array = largest_of(diff.array, run, whole), layer = largest_of(diff.layers, run, whole);
  if (array.empty() && layer.empty()) return "";
  return fmt::format("; the largest part: {}{}{}", array.empty() ? "" : array + " of the array",
                     array.empty() || layer.empty() ? "" : ", ", layer.empty() ? "" : "layer " + layer);
}

}  // namespace

std::optional<double> DiffRow::change(std::size_t run) const {
  const auto& first = values.front();
  const auto& other = values[run];
  if (!is_part && (!first || !other)) return std::nullopt;
  return rounded_to_nano(other.value_or(0) - first.value_or(0));
}

std::optional<double> DiffRow::percent(std::size_t run) const {
  const auto by = change(run);
  const double first = values.front().value_or(0);
  if (!by || first == 0) return std::nullopt;
  return rounded(100 * *by / first);
}

bool DiffRow::differs() const {
  for (std::size_t run = 1; run < values.size(); ++run)
    if (change(run).value_or(0) != 0 || values[run].has_value() != values.front().has_value()) return true;
  return false;
}

RunDiff diff_of(const std::vector<std::string>& files, const Runs& runs) {
  RunDiff diff;
  for (std::size_t run = 0; run < runs.size(); ++run) diff.runs.push_back(run_of(files[run], runs[run]));
  diff.settings = settings_of(runs);
  diff.figures = figures_in(runs);
  diff.array = array_in(runs);
  diff.layers = layers_in(runs);
  diff.stalls = stalls_in(runs);
  diff.bytes = bytes_in(runs);
  return diff;
}

std::vector<std::string> sentences_of(const RunDiff& diff) {
  const DiffRow& cycles = cycles_in(diff);
  std::vector<std::string> sentences;
  for (std::size_t run = 1; run < diff.runs.size(); ++run) {
    const std::string &first = diff.runs.front().file, &other = diff.runs[run].file;
    const double by = cycles.change(run).value_or(0);
    if (by == 0) {
      sentences.push_back(fmt::format("{} takes as many cycles as {}.", other, first));
      continue;
    }
    sentences.push_back(fmt::format("{} takes {} cycles {} than {}, {:+.1f} %{}.", other,
                                    grouped(std::llround(std::abs(by))), by > 0 ? "more" : "fewer", first,
                                    cycles.percent(run).value_or(0), largest_parts(diff, run, by)));
  }
  return sentences;
}

}  // namespace ernsim
