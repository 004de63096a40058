#include "sweep/accuracy_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "config/did_you_mean.h"
#include "config/parameter.h"
#include "sweep/file_section.h"

namespace ernsim {

namespace {

/// Fields of a line of CSV up to the third; quotes as RFC 4180 has them.
std::vector<std::string> first_fields(const std::string& line) {
  std::vector<std::string> fields{""};
  bool quoted = false;
  for (const char each : line) {
    if (each == '"') quoted = !quoted;
    if (each == ',' && !quoted) {
      if (fields.size() == 3) return fields;
      fields.emplace_back();
    } else {
      fields.back() += each;
    }
  }
  return fields;
}

bool is_whole(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

class AccuracyReader {
 public:
  AccuracyReader(FileSection section, const std::vector<std::string>& sizes)
      : section_(std::move(section)), sizes_(sizes) {}

  std::map<std::string, SweepAccuracy> read(const std::string& network, const toml::node& node) const {
    if (const auto* by_size = node.as_table()) {
      std::map<std::string, SweepAccuracy> found;
      for (const auto& [size, value] : *by_size) {
        const std::string name(size.str());
        if (std::find(sizes_.begin(), sizes_.end(), name) == sizes_.end())
          section_.refuse(value, fmt::format("{}: '{}': must be one of the sweep's input sizes, {}", network, name,
                                             listed(sizes_)));
        found[name] = value_of(network, value);
      }
      return found;
    }
    if (sizes_.size() > 1)
      section_.refuse(node, fmt::format("{}: depends on the input size: must be a table, as in {{ \"{}\" = 0.7 }}",
                                        network, sizes_.front()));
    return {{sizes_.front(), value_of(network, node)}};
  }

 private:
  SweepAccuracy value_of(const std::string& network, const toml::node& node) const {
    if (const auto file = node.value_exact<std::string>()) try {
        return accuracy_in(*file);
      } catch (const ConfigError& error) {
        section_.refuse(node, fmt::format("{}: {}", network, error.what()));
      }
    const auto share = node.value<double>();
    if (!node.is_number() || !(*share >= 0 && *share <= 1))
      section_.refuse(node, fmt::format("{}: must be a share from 0 to 1, or the name of a CSV file of ernsim eval in "
                                        "quotes",
                                        network));
    return {*share, "given"};
  }

  FileSection section_;
  const std::vector<std::string>& sizes_;
};

}  // namespace

std::string AccuracyPlan::text() const {
  std::string text;
  for (const auto& [network, by_size] : given)
    for (const auto& [size, accuracy] : by_size)
      text += fmt::format("{} {}={:.17g} {}\n", network, size, accuracy.share, accuracy.source);
  return evaluation ? text + evaluation->text() : text;
}

SweepAccuracy accuracy_in(const std::string& csv) {
  std::ifstream file(csv);
  if (!file) throw ConfigError(fmt::format("{}: cannot be read", csv));
  std::string line;
  std::size_t pictures = 0, right = 0;
  const auto refuse = [&] {
    throw ConfigError(fmt::format("{}:{}: is no line that ernsim eval --csv wrote: image, label, prediction, logits",
                                  csv, pictures + 1));
  };
  if (!std::getline(file, line) || line.rfind("image,label,prediction", 0) != 0) refuse();
  while (std::getline(file, line)) {
    ++pictures;
    const auto fields = first_fields(line);
    if (fields.size() < 3 || !is_whole(fields[1]) || !is_whole(fields[2])) refuse();
    right += fields[1] == fields[2] ? 1 : 0;
  }
  if (pictures == 0) throw ConfigError(fmt::format("{}: has no picture", csv));
  return {static_cast<double>(right) / static_cast<double>(pictures),
          fmt::format("given by {}, {} pictures", csv, pictures)};
}

std::map<std::string, std::map<std::string, SweepAccuracy>> read_accuracies(
    const toml::node& node, const std::string& path, const std::vector<std::string>& networks,
    const std::vector<std::string>& input_sizes) {
  const FileSection section(node, path, "accuracy", "\"mine.onnx\" = 0.71");
  const AccuracyReader reader(section, input_sizes);
  std::map<std::string, std::map<std::string, SweepAccuracy>> given;
  for (const auto& [key, value] : section.table()) {
    const std::string network(key.str());
    if (std::find(networks.begin(), networks.end(), network) == networks.end())
      section.refuse(value,
                     fmt::format("{}: is none of the sweep's networks; there are {}", network, listed(networks)));
    given[network] = reader.read(network, value);
  }
  return given;
}

}  // namespace ernsim
