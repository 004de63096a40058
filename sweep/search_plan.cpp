#include "sweep/search_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "config/did_you_mean.h"
#include "config/parameter.h"

namespace ernsim {

namespace {

class Reader {
 public:
  Reader(const std::string& path, const toml::node& node) : path_(path), table_(node.as_table()) {
    if (table_ == nullptr) refuse(node, "must be a section, as in [search] with points = 100");
  }

  SearchPlan read() const {
    static const std::vector<std::string> keys{"method", "points", "population", "seed"};
    for (const auto& [key, node] : *table_)
      if (const std::string name(key.str()); std::find(keys.begin(), keys.end(), name) == keys.end())
        refuse(node, fmt::format("{}: no such key{}", name, did_you_mean(name, keys, "there are " + listed(keys))));
    SearchPlan plan;
    plan.method = method(plan.method);
    plan.points = static_cast<std::size_t>(integer("points", 1, 1'000'000, 100));
    plan.population = static_cast<std::size_t>(integer("population", 8, 10'000, 20));
    if (plan.population % 4 != 0) refuse(*table_->get("population"), "population: must be a multiple of 4");
    plan.seed = static_cast<unsigned>(integer("seed", 0, std::numeric_limits<std::int32_t>::max(), 1));
    return plan;
  }

 private:
  [[noreturn]] void refuse(const toml::node& node, const std::string& what) const {
    throw ConfigError(fmt::format("{}:{}: search: {}", path_, node.source().begin.line, what));
  }

  std::string method(const std::string& otherwise) const {
    const auto* node = table_->get("method");
    if (node == nullptr) return otherwise;
    const auto text = node->value_exact<std::string>();
    const auto& all = search_methods();
    if (!text || std::find(all.begin(), all.end(), *text) == all.end())
      refuse(*node, fmt::format("method: must be one of {}", listed(all)));
    return *text;
  }

  std::int64_t integer(const char* key, std::int64_t least, std::int64_t most, std::int64_t otherwise) const {
    const auto* node = table_->get(key);
    if (node == nullptr) return otherwise;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < least || *value > most)
      refuse(*node, fmt::format("{}: must be a whole number from {} to {}", key, least, most));
    return *value;
  }

  const std::string& path_;
  const toml::table* table_;
};

}  // namespace

const std::vector<std::string>& search_methods() {
  static const std::vector<std::string> all{"nsga2", "ihs"};
  return all;
}

SearchPlan read_search(const toml::node& node, const std::string& path) { return Reader(path, node).read(); }

}  // namespace ernsim
