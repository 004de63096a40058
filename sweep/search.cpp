#include "sweep/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "simulation/figures.h"
#include "sweep/figures.h"
#include "sweep/point_job.h"
#include "sweep/search_guess.h"

namespace ernsim {

namespace {

using Choice = SearchProblem::Choice;
using Costs = SearchCosts;

/// Generations without a new point after which nothing more is to be found.
constexpr std::size_t most_idle = 40;

/// Generations on estimates alone that lead to the first one that is simulated.
constexpr std::size_t estimated_generations = 30;

/// The search among the points of one network, stem and input size.
class GroupSearch {
 public:
  GroupSearch(const SweepDefinition& definition, SweepDatabase& database, std::size_t jobs, std::size_t first,
              std::size_t points, SearchEnd& end)
      : definition_(definition), database_(database), jobs_(jobs), first_(first), points_(points), end_(end) {
    for (const SweepRow& row : database.rows()) rows_.emplace(row.number, row);
    std::size_t stride = 1;
    for (auto axis = definition.axes.rbegin(); axis != definition.axes.rend(); ++axis) {
      if (axis->values.size() > 1) {
        sizes_.push_back(axis->values.size());
        strides_.push_back(stride);
      }
      stride *= axis->values.size();
    }
  }

  void run() {
    if (sizes_.empty()) return void(costs({{}}));
    const SearchPlan& plan = *definition_.search;
    SearchMethod method{plan.method, plan.population, plan.seed};
    Estimated estimated(*this);
    method.first = run_search(estimated, {"nsga2", plan.population, plan.seed});
    Simulated simulated(*this);
    run_search(simulated, method);
  }

 private:
  /// The points by what they are guessed to be.
  class Estimated : public SearchProblem {
   public:
    explicit Estimated(GroupSearch& search)
        : SearchProblem(search.sizes_, search.definition_.objectives.size()), search_(search) {}
    std::vector<Costs> costs(const std::vector<Choice>& choices) override { return search_.estimates(choices); }
    bool ended() override { return ++generations_ > estimated_generations; }

   private:
    GroupSearch& search_;
    std::size_t generations_ = 0;
  };

  class Simulated : public SearchProblem {
   public:
    explicit Simulated(GroupSearch& search)
        : SearchProblem(search.sizes_, search.definition_.objectives.size()), search_(search) {}
    std::vector<Costs> costs(const std::vector<Choice>& choices) override { return search_.costs(choices); }
    bool ended() override { return search_.ended(); }

   private:
    GroupSearch& search_;
  };

  bool ended() {
    const bool same = visited_.size() == seen_;
    idle_ = same ? idle_ + 1 : 0;
    seen_ = visited_.size();
    return stopped_ || simulated_ >= points_ || idle_ > most_idle * (definition_.search->method == "ihs" ? 20 : 1);
  }

  std::size_t number_of(const Choice& choice) const {
    return std::inner_product(choice.begin(), choice.end(), strides_.begin(), first_);
  }

  const SearchGuess& guess(std::size_t number) {
    const auto found = guesses_.find(number);
    return found != guesses_.end() ? found->second
                                   : guesses_.emplace(number, search_guess(definition_, number)).first->second;
  }

  std::vector<Costs> estimates(const std::vector<Choice>& choices) {
    std::vector<Costs> all;
    for (const Choice& choice : choices) all.push_back(finite(guess(number_of(choice)).likely));
    return all;
  }

  /// Whether a point that was simulated beats the best that this one can be.
  bool is_hopeless(const SearchGuess& guess) const {
    if (!is_known(guess.best)) return false;
    return std::any_of(visited_.begin(), visited_.end(),
                       [&](const auto& each) { return beats(each.second, guess.best); });
  }

  void note(const SweepRow& row) {
    if (!row.reason.empty()) return;
    const double share = figure_of(row.figures, "cycles") / guess(row.number).cycles;
    end_.least_of_estimate = end_.simulated == 0 ? share : std::min(end_.least_of_estimate, share);
    end_.most_of_estimate = std::max(end_.most_of_estimate, share);
    ++end_.simulated;
  }

  void keep(const SweepRow& row) {
    note(row);
    visited_[row.number] =
        row.reason.empty()
            ? costs_of(definition_, [&](const std::string& name, bool) { return figure_of(row.figures, name); })
            : refused_costs(definition_);
  }

  /// Simulates those of the points that the database lacks.
  void simulate(const std::vector<std::size_t>& numbers) {
    if (numbers.empty()) return;
    std::vector<std::size_t> lacking;
    for (const std::size_t number : numbers)
      if (rows_.count(number) == 0) lacking.push_back(number);
    if (!lacking.empty()) {
      end_.sweep = simulate_missing(definition_, lacking, database_, jobs_);
      for (const SweepRow& row : database_.rows()) rows_.emplace(row.number, row);
    }
    stopped_ = end_.sweep.stopped_by != 0 || !end_.sweep.killed.empty();
    for (const std::size_t number : numbers)
      if (const auto row = rows_.find(number); row != rows_.end()) keep(row->second);
  }

  /// The points of a generation that are to be simulated: new ones with hope, as many as there are left.
  std::vector<std::size_t> wanted(const std::vector<Choice>& choices) {
    std::set<std::size_t> numbers;
    for (const Choice& choice : choices) {
      const std::size_t number = number_of(choice);
      if (stopped_ || simulated_ + numbers.size() >= points_ || visited_.count(number) != 0) continue;
      const SearchGuess& known = guess(number);
      if (!known.reason.empty()) {
        refused_.insert(number);
        if (end_.first_reason.empty()) end_.first_reason = known.reason;
      } else if (is_hopeless(known))
        screened_.insert(number);
      else
        numbers.insert(number);
    }
    return {numbers.begin(), numbers.end()};
  }

  std::vector<Costs> costs(const std::vector<Choice>& choices) {
    const auto numbers = wanted(choices);
    simulate(numbers);
    simulated_ += numbers.size();
    std::vector<Costs> all;
    for (const Choice& choice : choices) {
      const auto found = visited_.find(number_of(choice));
      all.push_back(finite(found != visited_.end() ? found->second : guess(number_of(choice)).likely));
    }
    return all;
  }

 public:
  ~GroupSearch() {
    end_.refused += refused_.size();
    end_.screened += screened_.size();
  }
  GroupSearch(const GroupSearch&) = delete;
  GroupSearch& operator=(const GroupSearch&) = delete;

 private:
  const SweepDefinition& definition_;
  SweepDatabase& database_;
  std::size_t jobs_;
  std::size_t first_;   ///< number of the group's first point
  std::size_t points_;  ///< to be simulated at most
  SearchEnd& end_;
  std::vector<std::size_t> sizes_, strides_;  ///< of axes that have a choice, the fastest first
  std::map<std::size_t, SweepRow> rows_;      ///< that the database has
  std::map<std::size_t, SearchGuess> guesses_;
  std::map<std::size_t, Costs> visited_;  ///< that this search has had simulated
  std::set<std::size_t> refused_, screened_;
  std::size_t simulated_ = 0, seen_ = 0, idle_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::string SearchEnd::text(const SweepDefinition& definition) const {
  std::string text =
      fmt::format("search by {}: {} of {} points simulated, {:.1f} %; {} refused before, {} screened out",
                  definition.search->method, simulated, definition.grid(),
                  100 * static_cast<double>(simulated) / static_cast<double>(definition.grid()), refused, screened);
  if (simulated > 0)
    text +=
        fmt::format("; simulated cycles were {:.2f} to {:.2f} of the estimate", least_of_estimate, most_of_estimate);
  return text + "\n";
}

SearchEnd search_points(const SweepDefinition& definition, SweepDatabase& database, std::size_t jobs) {
  SearchEnd end;
  std::size_t size = 1;
  for (const SweepAxis& axis : definition.axes) size *= axis.values.size();
  const std::size_t groups = static_cast<std::size_t>(definition.grid()) / size;
  for (std::size_t group = 0; group < groups && end.sweep.stopped_by == 0 && end.sweep.killed.empty(); ++group) {
    const std::size_t points =
        definition.search->points * (group + 1) / groups - definition.search->points * group / groups;
    GroupSearch(definition, database, jobs, group * size, points, end).run();
  }
  return end;
}

}  // namespace ernsim
