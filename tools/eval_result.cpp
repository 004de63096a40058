#include "tools/eval_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "output/flat_csv.h"
#include "output/json_text.h"
#include "output/printable.h"
#include "output/rounded.h"
#include "output/text_table.h"

namespace ernsim::tools {

namespace {

using nlohmann::ordered_json;

double per_cent(std::int64_t part, std::int64_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string score_text(const char* title, std::int64_t part, std::int64_t whole) {
  return fmt::format("{:<15}{:.2f} %: {} of {} pictures\n", title, per_cent(part, whole), grouped(part),
                     grouped(whole));
}

std::string overflow_text(const EvaluationResult& result) {
  const auto& nodes = result.evaluation.network.graph().nodes;
  const int bits = result.evaluation.network.accumulator_bits();
  std::string text;
  for (std::size_t n = 0; n < nodes.size(); ++n)
    if (const auto count = result.scores.overflows()[n]; count > 0)
      text += fmt::format("{:<15}{} sums of {} left {} bits\n", text.empty() ? "overflows" : "", grouped(count),
                          printable(nodes[n].name), bits);
  return text.empty() ? fmt::format("{:<15}0: every sum fitted {} bits\n", "overflows", bits) : text;
}

/// The pairs of classes that are mistaken for each other most often.
std::string mistakes_text(const evaluation::Scores& scores) {
  constexpr std::size_t most = 5;
  std::vector<std::tuple<std::int64_t, std::size_t, std::size_t>> mistakes;
  const auto& counts = scores.confusion();
  for (std::size_t label = 0; label < counts.size(); ++label)
    for (std::size_t other = 0; other < counts.size(); ++other)
      if (label != other && counts[label][other] > 0) mistakes.emplace_back(-counts[label][other], label, other);
  std::sort(mistakes.begin(), mistakes.end());
  if (mistakes.empty()) return "";
  std::string text;
  for (std::size_t i = 0; i < std::min(most, mistakes.size()); ++i) {
    const auto& [count, label, other] = mistakes[i];
    text += fmt::format("{}{} as {}: {}", i == 0 ? "" : ", ", label, other, grouped(-count));
  }
  return fmt::format("{:<15}{}\n", "mistaken", text);
}

std::string reference_text(const EvaluationResult& result) {
  if (!result.reference) return "";
  const auto& reference = *result.reference;
  const auto other = reference.other_predictions();
  std::string text = fmt::format("{:<15}{} of {} pictures have its logits to six digits\n", "reference",
                                 grouped(reference.equal()), grouped(result.scores.images()));
  if (const auto& worst = reference.worst(); worst.difference > 0)
    text += fmt::format("{:<15}parts most at {}, class {}: {} here, {} there\n", "",
                        printable(result.evaluation.data.name(worst.image)), worst.class_number,
                        figure_text(worst.here), figure_text(worst.there));
  text += fmt::format("{:<15}{} other predictions{}\n", "", other.size(),
                      other.empty() ? "" : ", first " + printable(result.evaluation.data.name(other.front())));
  return text;
}

ordered_json reference_json(const EvaluationResult& result) {
  if (!result.reference) return nullptr;
  const auto& worst = result.reference->worst();
  ordered_json json{
      {"equal_images", result.reference->equal()},
      {"worst",
       {{"image", worst.image}, {"class", worst.class_number}, {"logit", worst.here}, {"reference", worst.there}}},
      {"other_predictions", ordered_json::array()}};
  for (const std::size_t image : result.reference->other_predictions())
    json["other_predictions"].push_back({{"image", image},
                                         {"name", result.evaluation.data.name(image)},
                                         {"label", result.evaluation.data.label(image)},
                                         {"reference", result.reference->prediction(image)}});
  return json;
}

std::string preprocessing_text(const EvaluationResult& result) {
  const auto& graph = result.evaluation.network.graph();
  return result.evaluation.preprocessing.text(graph.input_height, graph.input_width);
}

}  // namespace

std::string to_table(const EvaluationResult& result) {
  const auto& graph = result.evaluation.network.graph();
  const auto& scores = result.scores;
  std::string text =
      fmt::format("{:<15}{}, {}x{}, {} classes\n{:<15}{}, {} pictures\n{:<15}{}\n", "network", printable(graph.network),
                  graph.input_height, graph.input_width, result.evaluation.network.classes(), "data",
                  printable(result.data), grouped(scores.images()), "preprocessing", preprocessing_text(result));
  text += score_text("top-1", scores.top1(), scores.images()) + score_text("top-5", scores.top5(), scores.images());
  text += mistakes_text(scores) + overflow_text(result);
  if (result.checked_images > 0)
    text += fmt::format("{:<15}{} pictures, {} values equal in the cycle simulation\n", "checked",
                        result.checked_images, grouped(result.checked_values));
  return text + reference_text(result);
}

std::string to_json(const EvaluationResult& result) {
  const auto& graph = result.evaluation.network.graph();
  const auto& scores = result.scores;
  ordered_json json{{"network", graph.network},
                    {"input_size", {graph.input_height, graph.input_width}},
                    {"classes", result.evaluation.network.classes()},
                    {"data", result.data},
                    {"preprocessing", preprocessing_text(result)},
                    {"images", scores.images()},
                    {"top1", scores.top1()},
                    {"top5", scores.top5()},
                    {"top1_per_cent", rounded(per_cent(scores.top1(), scores.images()))},
                    {"top5_per_cent", rounded(per_cent(scores.top5(), scores.images()))},
                    {"accumulator_bits", result.evaluation.network.accumulator_bits()},
                    {"overflows", ordered_json::array()},
                    {"checked_images", result.checked_images},
                    {"checked_values", result.checked_values},
                    {"reference", reference_json(result)},
                    {"confusion", scores.confusion()}};
  for (std::size_t n = 0; n < graph.nodes.size(); ++n)
    if (const auto count = scores.overflows()[n]; count > 0)
      json["overflows"].push_back({{"node", graph.nodes[n].name}, {"sums", count}});
  return json_text(json);
}

std::string confusion_csv(const evaluation::Scores& scores) {
  const auto& counts = scores.confusion();
  std::string text = "label";
  for (std::size_t c = 0; c < counts.size(); ++c) text += fmt::format(",{}", c);
  for (std::size_t label = 0; label < counts.size(); ++label) {
    text += fmt::format("\n{}", label);
    for (const auto count : counts[label]) text += fmt::format(",{}", count);
  }
  return text + "\n";
}

std::string csv_titles(std::size_t classes) {
  std::string text = "image,label,prediction";
  for (std::size_t c = 0; c < classes; ++c) text += fmt::format(",logit_{}", c);
  return text + "\n";
}

std::string csv_line(const std::string& name, int label, const std::vector<double>& logits) {
  std::string text = fmt::format("{},{},{}", csv_field(name), label, evaluation::prediction_of(logits));
  for (const double logit : logits) text += fmt::format(",{}", static_cast<float>(logit));
  return text + "\n";
}

}  // namespace ernsim::tools
