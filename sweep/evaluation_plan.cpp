#include "sweep/evaluation_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/did_you_mean.h"
#include "config/user_error.h"
#include "evaluation/resample.h"
#include "sweep/file_section.h"

namespace ernsim {

namespace {

class EvaluationReader {
 public:
  explicit EvaluationReader(FileSection section) : section_(std::move(section)) {}

  EvaluationPlan read() const {
    check_keys();
    EvaluationPlan plan;
    plan.data = text("data");
    if (plan.data.empty())
      section_.refuse(section_.table(), "needs data: a folder per class, or a file .csv, .npy or .npz");
    plan.labels = text("labels");
    if (const auto* node = section_.table().get("first")) {
      const auto count = node->value_exact<std::int64_t>();
      if (!count || *count < 1) section_.refuse(*node, "first: must be a whole number, 1 or more");
      plan.first = static_cast<std::size_t>(*count);
    }
    read_preprocessing(plan.preprocessing);
    return plan;
  }

 private:
  void check_keys() const {
    static const std::vector<std::string> keys{"data", "labels", "first", "resize", "filter", "crop", "ten_crop"};
    for (const auto& [key, node] : section_.table())
      if (const std::string name(key.str()); std::find(keys.begin(), keys.end(), name) == keys.end())
        section_.refuse(node,
                        fmt::format("{}: no such key{}", name, did_you_mean(name, keys, "there are " + listed(keys))));
  }

  std::string text(const char* key) const {
    const auto* node = section_.table().get(key);
    if (node == nullptr) return "";
    const auto value = node->value_exact<std::string>();
    if (!value || value->empty()) section_.refuse(*node, fmt::format("{}: must be a quoted text", key));
    return *value;
  }

  /// A length, or "HxW".
  std::optional<evaluation::Size> size(const char* key) const {
    const auto* node = section_.table().get(key);
    if (node == nullptr) return std::nullopt;
    const auto whole = node->value_exact<std::int64_t>();
    try {
      return evaluation::parse_size(key, whole ? std::to_string(*whole) : node->value_or<std::string>(""));
    } catch (const UserError& error) {
      section_.refuse(*node, error.what());
    }
  }

  void read_preprocessing(evaluation::Preprocessing& made) const {
    made.resize = size("resize");
    made.crop = size("crop");
    if (const auto* node = section_.table().get("filter")) {
      const auto& all = evaluation::filter_names();
      made.filter = text("filter");
      if (std::find(all.begin(), all.end(), made.filter) == all.end())
        section_.refuse(*node, fmt::format("filter: must be one of {}", listed(all)));
      if (!made.resize) section_.refuse(*node, "filter: belongs to resize, which is missing");
    }
    if (const auto* node = section_.table().get("ten_crop")) {
      const auto value = node->value_exact<bool>();
      if (!value) section_.refuse(*node, "ten_crop: must be true or false");
      made.ten_crop = *value;
    }
  }

  FileSection section_;
};

}  // namespace

std::string EvaluationPlan::text() const {
  return fmt::format("data={} labels={} first={} {}\n", data, labels, first, preprocessing.text(0, 0));
}

EvaluationPlan read_evaluation(const toml::node& node, const std::string& path) {
  return EvaluationReader(FileSection(node, path, "evaluate", "data = \"photos\"")).read();
}

}  // namespace ernsim
