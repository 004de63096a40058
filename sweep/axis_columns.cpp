#include "sweep/axis_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "sweep/points.h"

namespace ernsim {

namespace {

enum class Type { integer, real, text };

Type type_of(const std::string& value) {
  char* end = nullptr;
  std::strtoll(value.c_str(), &end, 10);
  if (*end == '\0') return Type::integer;
  std::strtod(value.c_str(), &end);
  return *end == '\0' ? Type::real : Type::text;
}

/// The narrowest type that holds all values.
Type type_of(const SweepAxis& axis) {
  Type type = Type::integer;
  for (const std::string& value : axis.values) type = std::max(type, type_of(value));
  return type;
}

std::string value_of(const SweepPoint& point, std::size_t axis) {
  const std::string& setting = point.settings[axis];
  return setting.substr(setting.find('=') + 1);
}

}  // namespace

std::string axis_columns_sql(const SweepDefinition& definition) {
  static const char* const names[] = {"INTEGER", "REAL", "TEXT"};
  std::string sql;
  for (const SweepAxis& axis : definition.axes)
    sql += fmt::format(", \"{}\" {}", axis.key, names[static_cast<std::size_t>(type_of(axis))]);
  return sql;
}

void bind_axes(Statement& statement, int first, const SweepDefinition& definition, const SweepPoint& point) {
  for (std::size_t axis = 0; axis < definition.axes.size(); ++axis) {
    const std::string value = value_of(point, axis);
    const int place = first + static_cast<int>(axis);
    switch (type_of(definition.axes[axis])) {
      case Type::integer:
        statement.bind(place, std::int64_t{std::strtoll(value.c_str(), nullptr, 10)});
        break;
      case Type::real:
        statement.bind(place, std::strtod(value.c_str(), nullptr));
        break;
      case Type::text:
        statement.bind(place, value);
        break;
    }
  }
}

bool has_axes(const Statement& found, int first, const SweepDefinition& definition, const SweepPoint& point) {
  if (found.columns() != first + static_cast<int>(definition.axes.size())) return false;
  for (std::size_t axis = 0; axis < definition.axes.size(); ++axis) {
    const std::string value = value_of(point, axis);
    const int place = first + static_cast<int>(axis);
    const bool same =
        type_of(definition.axes[axis]) == Type::text
            ? found.text(place) == value
            : found.type(place) != SQLITE_NULL && found.real(place) == std::strtod(value.c_str(), nullptr);
    if (!same) return false;
  }
  return true;
}

}  // namespace ernsim
