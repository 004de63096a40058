#pragma once

#include <functional>
#include <string>

#include "sweep/definition.h"
#include "sweep/search_module.h"

namespace ernsim {

/// Of one point, a cost per objective, small where it is good; NaN: not known.
using SearchCosts = SearchProblem::Costs;

/// A figure of a point; `larger`: whether large values of it are wanted. NaN: not known.
using FigureOf = std::function<double(const std::string& name, bool larger)>;

/// Those of a point that breaks something are above any that keeps all, and the more it breaks the higher. A constraint
/// on a figure that is not known is not broken.
SearchCosts costs_of(const SweepDefinition& definition, const FigureOf& figure);
/// Of a point that cannot be simulated.
SearchCosts refused_costs(const SweepDefinition& definition);
/// What is not known as a cost that is above all that keep the constraints.
SearchCosts finite(SearchCosts costs);
bool is_known(const SearchCosts& costs);
/// Whether `a` is nowhere worse and somewhere better.
bool beats(const SearchCosts& a, const SearchCosts& b);

}  // namespace ernsim
