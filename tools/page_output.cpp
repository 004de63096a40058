#include "tools/page_output.h"

#include <fmt/format.h>

#include "config/user_error.h"
#include "output/json_text.h"
#include "report/browser.h"
#include "report/report_html.h"

namespace ernsim::tools {

namespace {

/// A browser can still draw so many points.
constexpr std::size_t most_points = 20'000;
/// A page of a run takes some seconds, one of thousands of points half a minute on a core of its own.
constexpr std::chrono::minutes patience{5};

void require_drawable(const nlohmann::ordered_json& sweep, const std::string& source) {
  if (const std::size_t points = sweep.at("points").size(); points > most_points)
    throw UserError(
        fmt::format("{}: the sweep has {} points, and a page shows up to {}; --json and --csv have no limit", source,
                    points, most_points));
}

}  // namespace

void add_page_options(boost::program_options::options_description& options) {
  namespace po = boost::program_options;
  options.add_options()("html", po::value<std::string>()->value_name("FILE"),
                        "a page with charts of all figures: one file that needs no network");
  options.add_options()("pdf", po::value<std::string>()->value_name("FILE"), "the same printed; needs Chromium");
}

PageOutput::PageOutput(const CommandLine& line) {
  if (line.has("html") || line.has("pdf")) require_report_page();
  if (line.has("pdf")) browser_ = installed_browser();
  if (line.has("html")) html_.emplace(line.get("html"));
  if (line.has("pdf")) pdf_.emplace(line.get("pdf"));
}

bool PageOutput::is_standard_output() const {
  return (html_ && html_->is_standard_output()) || (pdf_ && pdf_->is_standard_output());
}

void PageOutput::write(const std::string& kind, const nlohmann::ordered_json& json, const std::string& source) const {
  if (!wanted()) return;
  if (kind == "sweep") require_drawable(json, source);
  write(kind, json_text(json));
}

void PageOutput::write(const std::string& kind, const std::string& json) const {
  if (!wanted()) return;
  const std::string page = report_html(kind, json);
  std::string pdf;
  if (pdf_) pdf = printed(page, browser_, patience);
  if (html_) html_->write(page);
  if (pdf_) pdf_->write(pdf);
}

}  // namespace ernsim::tools
