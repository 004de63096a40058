#pragma once

#include <string>
#include <vector>

#include "sweep/statement.h"

namespace ernsim {

struct SweepDefinition;
struct SweepPoint;

/// The columns of the table of points that hold an axis each, behind `sum`: as in SQL, with a comma before each. An
/// axis of whole numbers is INTEGER, one of numbers REAL, any other TEXT.
std::string axis_columns_sql(const SweepDefinition& definition);

/// Binds the point's values from the place `first` on.
void bind_axes(Statement& statement, int first, const SweepDefinition& definition, const SweepPoint& point);

/// Whether the columns from `first` on hold the point's values.
bool has_axes(const Statement& found, int first, const SweepDefinition& definition, const SweepPoint& point);

}  // namespace ernsim
