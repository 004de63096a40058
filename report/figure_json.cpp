#include "report/figure_json.h"

#include <cmath>

#include "output/rounded.h"
#include "simulation/figures.h"

namespace ernsim {

using Json = nlohmann::ordered_json;

Json figure_json(const RunReport& run, const std::string& name) {
  const Figure& asked = figure(name);
  const double value = asked.of(run);
  if (std::isnan(value)) return Json();
  if (asked.digits == 0) return static_cast<std::int64_t>(value);
  return asked.digits == 9 ? rounded_to_nano(value) : rounded(value);
}

Json figures_json() {
  Json all = Json::array();
  for (const Figure& each : figures())
    all.push_back({{"name", each.name},
                   {"unit", each.unit},
                   {"meaning", each.meaning},
                   {"in_run", *each.in_run == '\0' ? Json() : Json(each.in_run)},
                   {"known_before", each.known_before},
                   {"may_be_unknown", each.may_be_unknown}});
  return all;
}

}  // namespace ernsim
