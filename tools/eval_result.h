#pragma once

#include <optional>
#include <string>

#include "evaluation/evaluate.h"
#include "evaluation/reference_logits.h"
#include "evaluation/scores.h"

namespace ernsim::tools {

/// What an evaluation came to.
struct EvaluationResult {
  std::string data;  ///< as the user named it
  const evaluation::Evaluation& evaluation;
  evaluation::Scores scores;
  std::size_t checked_images = 0;  ///< against the cycle simulation
  std::int64_t checked_values = 0;
  std::optional<evaluation::ReferenceLogits> reference = {};
};

std::string to_table(const EvaluationResult& result);
std::string to_json(const EvaluationResult& result);
/// [label][prediction]: pictures. The first line and column are the classes.
std::string confusion_csv(const evaluation::Scores& scores);
/// A line of the CSV per picture: name, label, prediction, logits.
std::string csv_titles(std::size_t classes);
std::string csv_line(const std::string& name, int label, const std::vector<double>& logits);

}  // namespace ernsim::tools
