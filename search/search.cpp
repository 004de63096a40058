#include <algorithm>
#include <cmath>
#include <pagmo/algorithms/ihs.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/batch_evaluators/member_bfe.hpp>
#include <pagmo/bfe.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>

#include "sweep/search_module.h"

namespace ernsim {

namespace {

using pagmo::vector_double;
using Choice = SearchProblem::Choice;

Choice choice_of(const double* values, std::size_t places) {
  Choice choice;
  for (std::size_t i = 0; i < places; ++i) choice.push_back(static_cast<std::size_t>(std::llround(values[i])));
  return choice;
}

/// As pagmo sees it. NSGA-II needs two objectives: one alone stands twice.
struct Adapter {
  SearchProblem* problem = nullptr;

  std::size_t places() const { return problem->sizes().size(); }
  vector_double::size_type get_nobj() const { return std::max<std::size_t>(2, problem->objectives()); }
  vector_double::size_type get_nix() const { return places(); }
  std::pair<vector_double, vector_double> get_bounds() const {
    vector_double upper;
    for (const std::size_t size : problem->sizes()) upper.push_back(static_cast<double>(size - 1));
    return {vector_double(places(), 0), upper};
  }
  vector_double batch_fitness(const vector_double& all) const {
    std::vector<Choice> choices;
    for (std::size_t at = 0; at < all.size(); at += places()) choices.push_back(choice_of(&all[at], places()));
    vector_double fitness;
    for (std::vector<double> costs : problem->costs(choices)) {
      costs.resize(get_nobj(), costs.back());
      fitness.insert(fitness.end(), costs.begin(), costs.end());
    }
    return fitness;
  }
  vector_double fitness(const vector_double& one) const { return batch_fitness(one); }
};

pagmo::population first_generation(const pagmo::problem& problem, const SearchMethod& method) {
  pagmo::population population(problem, 0, method.seed);
  vector_double all;
  for (std::size_t i = 0; i < method.population; ++i) {
    vector_double one = population.random_decision_vector();
    if (i < method.first.size()) std::copy(method.first[i].begin(), method.first[i].end(), one.begin());
    all.insert(all.end(), one.begin(), one.end());
  }
  const std::size_t places = problem.get_nx(), objectives = problem.get_nobj();
  const vector_double costs = problem.batch_fitness(all);
  for (std::size_t i = 0; i < method.population; ++i)
    population.push_back(vector_double(&all[i * places], &all[i * places] + places),
                         vector_double(&costs[i * objectives], &costs[i * objectives] + objectives));
  return population;
}

/// Runs generation after generation; IHS tries one point at a time.
template <class Algorithm>
pagmo::population evolve(Algorithm algorithm, pagmo::population population, SearchProblem& problem) {
  while (!problem.ended()) population = algorithm.evolve(std::move(population));
  return population;
}

pagmo::population evolve(const SearchMethod& method, pagmo::population population, SearchProblem& problem) {
  if (method.name == "ihs") return evolve(pagmo::ihs(1, 0.85, 0.35, 0.99, 1e-5, 1, method.seed), population, problem);
  pagmo::nsga2 algorithm(1, 0.95, 10, 1.0 / static_cast<double>(problem.sizes().size()), 10, method.seed);
  algorithm.set_bfe(pagmo::bfe{pagmo::member_bfe{}});
  return evolve(std::move(algorithm), std::move(population), problem);
}

}  // namespace

const char* ernsim_search_version() { return ERNSIM_VERSION; }

void ernsim_search_run(SearchProblem& problem, const SearchMethod& method, std::vector<Choice>& last) {
  const pagmo::population end = evolve(method, first_generation(pagmo::problem{Adapter{&problem}}, method), problem);
  for (const vector_double& each : end.get_x()) last.push_back(choice_of(each.data(), each.size()));
}

}  // namespace ernsim
