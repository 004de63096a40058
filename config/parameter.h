#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace ernsim {

/// What a user may know about one parameter: shown by `ernsim platforms`, checked when a configuration is read.
struct ParameterInfo {
  const char* key;      ///< name inside its section
  const char* unit;     ///< "cycles", "bytes", "" if it has none
  double minimum;       ///< smallest allowed value
  double maximum;       ///< largest allowed value
  const char* meaning;  ///< one line
  const char* source;   ///< public source, or "guess: why"
};

/// Names of an enumeration's values, in the order they are listed to the user.
template <class Enum>
using EnumNames = std::initializer_list<std::pair<const char*, Enum>>;

/// A configuration that cannot be built; the text names the key, its value and what is allowed.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace ernsim

// Every <unit>_config.h offers
//     template <class Config, class Visitor> void visit_<unit>(Config& config, Visitor&& visit);
// which calls visit(ParameterInfo, value&) once per parameter, where value is std::int64_t, double or bool, and
// visit(ParameterInfo, value&, EnumNames<Enum>) for an enumeration. `Config` may be const.
