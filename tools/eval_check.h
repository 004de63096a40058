#pragma once

#include "evaluation/evaluate.h"
#include "simulation/job.h"

namespace ernsim::tools {

/// Runs all views of the first `images` pictures through the full cycle simulation too, and compares every activation,
/// every residual sum that the hardware stores, and every logit bit by bit; the embedding too, where all of it is
/// loaded. Returns the number of values that were compared. Throws std::runtime_error that names the picture and the
/// tensor of the first difference, or of the first one that is not there as a whole.
std::int64_t cross_check(const Job& job, const evaluation::Evaluation& evaluation, std::size_t images);

}  // namespace ernsim::tools
