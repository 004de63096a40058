#pragma once

#include <functional>

#include "evaluation/dataset.h"
#include "evaluation/journal.h"
#include "evaluation/preprocessing.h"

namespace ernsim::evaluation {

/// What is evaluated. All of it outlives the evaluation.
struct Evaluation {
  const PreparedNetwork& network;
  const Dataset& data;
  const Preprocessing& preprocessing;
  std::size_t images;  ///< the first so many
};

/// What the network sees of a picture; grey first, if the network is.
std::vector<workloads::Image> views_of(const Evaluation& evaluation, std::size_t index);

/// The sum over the picture's views.
Outcome outcome_of(const Evaluation& evaluation, Executor& executor, std::size_t index);

/// Takes each picture's outcome, in any order, one at a time.
using TakeOutcome = std::function<void(std::size_t index, const Outcome& outcome)>;

/// Runs every picture on up to `threads` threads, but those that `journal`, if there is one, has; what is new goes into
/// it. Throws what loading or running a picture threw, and then ends early: of several such pictures the first.
void evaluate(const Evaluation& evaluation, std::size_t threads, Journal* journal, const TakeOutcome& take);

/// Of everything that an outcome depends on.
std::uint64_t fingerprint_of(const workloads::IntegerNetwork& network, const Evaluation& evaluation);

}  // namespace ernsim::evaluation
