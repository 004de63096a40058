#include "report/report_run.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "config/user_error.h"
#include "simulation/array_account.h"

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;

/// One value of the file, and how to complain about it.
class Found {
 public:
  Found(const std::string& file, std::string where, const Json& json)
      : file_(file), where_(std::move(where)), json_(json) {}

  Found at(const std::string& key) const {
    if (!json_.is_object()) refuse("must be an object");
    if (!json_.contains(key)) refuse(fmt::format("lacks '{}'", key));
    return {file_, where_ + "/" + key, json_[key]};
  }
  bool has(const std::string& key) const { return json_.is_object() && json_.contains(key); }

  void need_numbers(std::initializer_list<const char*> keys) const {
    for (const char* key : keys) at(key).need_number();
  }
  void need_number() const {
    if (!json_.is_number()) refuse("must be a number");
    if (!(std::abs(json_.get<double>()) < largest)) refuse("must be a number below 2^53");
  }
  void need_text() const {
    if (!json_.is_string()) refuse("must be a string");
    for (const char each : json_.get_ref<const std::string&>())
      if (static_cast<unsigned char>(each) < ' ') refuse("must be a string without control characters");
  }
  /// A number, or null where it is not known.
  void may_be_numbers(std::initializer_list<const char*> keys) const {
    for (const char* key : keys)
      if (const Found found = at(key); !found.json_.is_null()) {
        if (!found.json_.is_number()) found.refuse("must be a number or null");
        found.need_number();
      }
  }
  /// A string, or null where it is not known.
  void may_be_texts(std::initializer_list<const char*> keys) const {
    for (const char* key : keys)
      if (const Found found = at(key); !found.json_.is_null()) found.need_text();
  }
  void need_texts(std::initializer_list<const char*> keys) const {
    for (const char* key : keys) at(key).need_text();
  }
  /// A list of `size` numbers.
  void need_list(std::size_t size) const {
    if (!json_.is_array() || json_.size() != size) refuse(fmt::format("must be a list of {} numbers", size));
    for (const Json& each : json_) {
      if (!each.is_number()) refuse("must hold numbers only");
      if (!(std::abs(each.get<double>()) < largest)) refuse("must hold numbers below 2^53");
    }
  }
  void need_list_of_texts() const {
    each(false, [](const Found& entry) { entry.need_text(); });
  }
  /// Every entry of an object or a list.
  template <class Check>
  void each(bool object, Check&& check) const {
    if (object ? !json_.is_object() : !json_.is_array()) refuse(object ? "must be an object" : "must be a list");
    for (const auto& [key, value] : json_.items()) check(Found{file_, where_ + "/" + key, value});
  }
  std::size_t list_size() const {
    if (!json_.is_array() || json_.empty()) refuse("must be a list with entries");
    return json_.size();
  }
  [[noreturn]] void refuse(const std::string& what) const {
    throw UserError(fmt::format("{}: no JSON of a run: {} {}", file_, where_.empty() ? "the file" : where_, what));
  }

 private:
  static constexpr double largest = 9007199254740992;  ///< up to which whole numbers are exact

  const std::string& file_;
  std::string where_;
  const Json& json_;
};

void check_units(const Found& run) {
  run.at("units").each(true, [](const Found& unit) {
    unit.need_numbers({"busy_cycles", "idle_cycles", "busy_share", "stalled_share", "idle_share"});
    unit.at("stall_cycles").each(true, [](const Found& cycles) { cycles.need_number(); });
  });
}

void check_slots(const Found& of) {
  for (const SlotUse use : each<SlotUse>()) of.at("array_slots").need_numbers({name_of(use)});
}

void check_layers(const Found& run) {
  run.at("layers").list_size();
  run.at("layers").each(false, [](const Found& layer) {
    layer.need_texts({"name", "kind", "bound_by", "choice"});
    layer.need_numbers({"stride", "macs", "start_cycle", "end_cycle", "cycles", "ms", "share", "utilization",
                        "macs_per_cycle", "dram_read_bytes", "dram_write_bytes"});
    layer.may_be_numbers({"dynamic_energy_mj", "largest_magnitude", "accumulator_bits_needed"});
    check_slots(layer);
    layer.at("meanwhile").may_be_numbers({"macs_per_dram_byte", "macs_per_port_beat"});
    layer.at("meanwhile").need_texts({"busiest_port"});
  });
}

void check_stages(const Found& run) {
  run.at("stages").each(false, [](const Found& stage) {
    stage.need_texts({"name", "bound_by"});
    stage.need_numbers({"first_layer", "layers", "cycles", "ms", "share", "utilization"});
    check_slots(stage);
  });
}

void check_nodes(const Found& run) {
  run.at("nodes").each(false, [](const Found& node) {
    node.need_texts({"name", "operation"});
    node.at("inputs").need_list_of_texts();
    node.at("shape").need_list(3);
    node.may_be_numbers({"layer"});
  });
}

void check_subject(const Found& run) {
  run.need_texts({"network", "stem", "platform", "command", "version", "finding"});
  run.may_be_texts({"commit"});
  run.at("digests").may_be_texts({"network", "weights", "platform"});
}

void check_energy(const Found& run) {
  run.may_be_numbers({"energy_mj"});
  run.at("energy").may_be_numbers({"average_mw"});
  run.at("energy").at("parts").each(true, [](const Found& part) {
    part.need_numbers({"count"});
    part.may_be_numbers({"pj_per_one", "energy_mj", "share"});
    part.need_texts({"counted"});
  });
}

void check_profile(const Found& profile) {
  const std::size_t bins = profile.at("start_cycles").list_size();
  profile.need_numbers({"bin_cycles"});
  profile.at("start_cycles").need_list(bins);
  profile.at("units").each(true, [bins](const Found& unit) {
    for (const char* key : {"busy_cycles", "stalled_cycles", "idle_cycles"}) unit.at(key).need_list(bins);
    unit.at("stall_cycles").each(true, [bins](const Found& cause) { cause.need_list(bins); });
  });
  for (const char* key : {"read_bytes", "write_bytes", "read_gb_s", "write_gb_s"})
    profile.at("dram").at(key).need_list(bins);
  profile.at("memories").each(true, [bins](const Found& memory) {
    memory.need_numbers({"capacity_words", "peak_words", "mean_words"});
    for (const char* key : {"peak_words_per_bin", "mean_words_per_bin"}) memory.at(key).need_list(bins);
  });
}

void check_run(const Found& run) {
  check_subject(run);
  run.need_numbers({"clock_mhz", "cycles", "latency_ms", "fps", "host_ms", "accelerator_ms", "weight_bytes", "macs",
                    "paper_gops", "frames", "utilization", "accumulator_bits"});
  run.may_be_numbers({"overflows", "accumulator_bits_needed"});
  for (const char* key : {"notes", "may_overflow", "resources_not_counted"}) run.at(key).need_list_of_texts();
  run.at("input_size").need_list(2);
  run.at("dram").need_numbers({"read_bytes", "write_bytes", "achieved_gb_s", "peak_gb_s"});
  check_units(run);
  check_layers(run);
  check_stages(run);
  check_nodes(run);
  run.at("array_shares").each(true, [](const Found& share) { share.need_number(); });
  run.at("device_share").may_be_numbers({"lut", "ff", "bram18", "uram", "dsp"});
  for (const char* key : {"resources", "device"}) run.at(key).need_numbers({"lut", "ff", "bram18", "uram", "dsp"});
  run.at("device").need_texts({"name"});
  run.at("resources_by_part").each(true, [](const Found& part) {
    part.need_numbers({"lut", "ff", "bram18", "uram", "dsp"});
  });
  run.at("devices").each(false, [](const Found& device) {
    device.need_texts({"name", "source"});
    device.need_numbers({"lut", "ff", "bram18", "uram", "dsp"});
  });
  run.at("roofline")
      .need_numbers(
          {"peak_macs_per_cycle", "peak_macs_per_cycle_1x1", "peak_dram_bytes_per_cycle", "peak_port_beats_per_cycle"});
  check_energy(run);
  run.at("settings").each(false, [](const Found&) {});
  run.at("configuration").each(true, [](const Found& parameter) {
    parameter.need_texts({"unit", "meaning", "source"});
    static_cast<void>(parameter.at("value"));
  });
  if (run.has("top5")) run.at("top5").each(false, [](const Found& entry) { entry.need_numbers({"class", "logit"}); });
  check_profile(run.at("profile"));
}

}  // namespace

Json load_run(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw UserError(fmt::format("{}: is a directory, no JSON of a run", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UserError(fmt::format("{}: cannot be read", path));
  const Json run = Json::parse(file, nullptr, false);
  if (run.is_discarded()) throw UserError(fmt::format("{}: no JSON of a run: it is not JSON", path));
  check_run({path, "", run});
  return run;
}

std::vector<Json> load_runs(const std::vector<std::string>& paths) {
  std::vector<Json> runs;
  for (const std::string& path : paths) runs.push_back(load_run(path));
  return runs;
}

}  // namespace ernsim
