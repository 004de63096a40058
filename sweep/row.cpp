#include "sweep/row.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xxhash.h>

#include <cmath>

namespace ernsim {

std::string settings_text(const SweepPoint& point) { return fmt::format("{}", fmt::join(point.settings, " ")); }

std::string sum_of(std::int64_t number, const std::vector<std::string>& texts, const std::vector<double>& figures) {
  std::string text = fmt::format("{}\n", number);
  for (const std::string& each : texts) text += each + "\n";
  for (const double each : figures)
    if (!std::isnan(each)) text += fmt::format("{:.17g}\n", each);
  return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

std::string sum_of(const SweepRow& row) {
  const SweepPoint& point = row.point;
  return sum_of(static_cast<std::int64_t>(row.number),
                {point.network, point.stem, point.input_size, settings_text(point), row.reason, row.notes,
                 row.limited_by, row.accuracy_source},
                row.figures);
}

}  // namespace ernsim
