#include "models/dram/dram_part_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "config/parameter.h"
#include "config/toml_text.h"

namespace ernsim {

namespace {

/// Reads one part. `where` names its file in messages.
class PartReader {
 public:
  PartReader(const toml::table& file, std::string where) : file_(file), where_(std::move(where)) {}

  void read(DramPart& part) {
    for (const auto& [key, node] : file_)
      if (!read_text(key.str(), node, part) && !read_number(key.str(), node, part) &&
          !read_delay(key.str(), node, part))
        refuse(node, fmt::format("{}: no such key of a DRAM part", key.str()));
    check(part);
  }
  /// The part that this one differs from, empty if none is named.
  std::string base() const { return file_["base"].value_or(std::string()); }

 private:
  struct Number {
    const char* key;
    std::int64_t DramPart::*field;
    std::int64_t low, high;
    bool power_of_two;
  };
  static constexpr Number numbers[] = {
      {"clock_ps", &DramPart::clock_ps, 100, 100'000, false},
      {"channel_bits", &DramPart::channel_bits, 8, 128, true},
      {"bank_groups", &DramPart::bank_groups, 1, 8, true},
      {"banks_per_group", &DramPart::banks_per_group, 1, 16, true},
      {"rows", &DramPart::rows, 1024, 1 << 20, true},
      {"columns", &DramPart::columns, 64, 4096, true},
      {"burst_length", &DramPart::burst_length, 4, 32, true},
      {"activate_clocks", &DramPart::activate_clocks, 1, 8, false},
      {"column_clocks", &DramPart::column_clocks, 1, 8, false},
      {"precharge_clocks", &DramPart::precharge_clocks, 1, 8, false},
      {"refresh_clocks", &DramPart::refresh_clocks, 1, 8, false},
  };

  [[noreturn]] void refuse(const toml::node& node, const std::string& why) const {
    throw ConfigError(fmt::format("{}:{}: {}", where_, node.source().begin.line, why));
  }

  bool read_text(std::string_view key, const toml::node& node, DramPart& part) const {
    if (key == "base" || key == "source") {
      if (!node.is_string()) refuse(node, fmt::format("{}: must be a quoted text", key));
      return true;
    }
    if (key != "standard") return false;
    const std::map<std::string, DramStandard> standards{{"DDR3", DramStandard::ddr3},
                                                        {"DDR4", DramStandard::ddr4},
                                                        {"LPDDR4", DramStandard::lpddr4},
                                                        {"LPDDR5", DramStandard::lpddr5}};
    const auto found = standards.find(node.value_or(std::string()));
    if (found == standards.end()) refuse(node, "standard: must be \"DDR3\", \"DDR4\", \"LPDDR4\" or \"LPDDR5\"");
    part.standard = found->second;
    return true;
  }

  bool read_number(std::string_view key, const toml::node& node, DramPart& part) const {
    const auto* number =
        std::find_if(std::begin(numbers), std::end(numbers), [&](const Number& n) { return key == n.key; });
    if (number == std::end(numbers)) return false;
    const std::int64_t value = node.value_exact<std::int64_t>().value_or(-1);
    if (value < number->low || value > number->high || (number->power_of_two && (value & (value - 1)) != 0))
      refuse(node, fmt::format("{}: must be {} from {} to {}", key,
                               number->power_of_two ? "a power of two" : "an integer", number->low, number->high));
    part.*(number->field) = value;
    return true;
  }

  /// A distance given anew has only what the file gives: clocks, nanoseconds or both.
  bool read_delay(std::string_view key, const toml::node& node, DramPart& part) {
    for (const DramDelayId id : each<DramDelayId>()) {
      const bool clocks = key == dram_delay_infos[id].key, ns = key == dram_delay_infos[id].ns_key;
      if (!clocks && !ns) continue;
      const double value = node.value<double>().value_or(-1);
      if (value < 0 || value > 100'000 || (clocks && !node.is_integer()))
        refuse(node, fmt::format("{}: must be {} from 0 to 100000", key, clocks ? "an integer" : "a number"));
      if (!given_[id]) part.delays[id] = {};
      given_[id] = true;
      if (clocks)
        part.delays[id].clocks = static_cast<std::int64_t>(value);
      else
        part.delays[id].ns = value;
      return true;
    }
    return false;
  }

  void check(const DramPart& part) const {
    for (const Number& number : numbers)
      if (part.*(number.field) == 0) throw ConfigError(fmt::format("{}: {} is missing", where_, number.key));
    for (const auto id :
         {DramDelayId::CL, DramDelayId::CWL, DramDelayId::tRCD, DramDelayId::tRP, DramDelayId::tRAS, DramDelayId::tRC,
          DramDelayId::tRRD_S, DramDelayId::tFAW, DramDelayId::tCCD_S, DramDelayId::tWR, DramDelayId::tWTR_S,
          DramDelayId::tRTP, DramDelayId::tRFC, DramDelayId::tREFI})
      if (part.delay(id).clocks == 0 && part.delay(id).ns == 0)
        throw ConfigError(fmt::format("{}: {} is missing", where_, dram_delay_infos[id].key));
    if (part.bank_groups * part.banks_per_group > 16)
      throw ConfigError(fmt::format("{}: {} bank groups of {} banks: at most 16 banks", where_, part.bank_groups,
                                    part.banks_per_group));
    if (part.burst_length > part.columns) throw ConfigError(fmt::format("{}: a burst is longer than a row", where_));
  }

  const toml::table& file_;
  std::string where_;
  EnumArray<DramDelayId, bool> given_{};
};

}  // namespace

DramPart parse_dram_part(const std::string& text, const std::string& name, const std::string& where) {
  const toml::table file = parse_toml(text, where);
  PartReader reader(file, where);
  DramPart part;
  if (const std::string base = reader.base(); !base.empty()) {
    const auto& names = dram_part_names();
    if (std::find(names.begin(), names.end(), base) == names.end())
      throw ConfigError(fmt::format("{}: base = \"{}\": no such built-in part", where, base));
    part = dram_part(base);
  }
  part.name = name;
  reader.read(part);
  return part;
}

}  // namespace ernsim
