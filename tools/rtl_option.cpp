#include "tools/rtl_option.h"

#include <set>
#include <sstream>
#include <stdexcept>

#include "config/user_error.h"
#include "rtl/replacements.h"

namespace ernsim::tools {

void add_rtl_option(boost::program_options::options_description& description) {
  description.add_options()("rtl", boost::program_options::value<std::string>()->value_name("UNITS"),
                            "convolution, quantization or both: the RTL in the place of the model's unit");
}

UnitMakers rtl_replacements(const CommandLine& line, const PlatformConfig& platform) {
  if (!line.has("rtl")) return {};
  if (line.get("data") == "off") line.reject_together("rtl", "data", "RTL has no timing without values");
  std::set<std::string> units;
  std::istringstream list(line.get("rtl"));
  for (std::string unit; std::getline(list, unit, ',');) units.insert(unit);
  try {
    return rtl::replacements(units, platform.accelerator);
  } catch (const std::invalid_argument& error) {
    throw UserError(std::string("--rtl: ") + error.what());
  }
}

}  // namespace ernsim::tools
