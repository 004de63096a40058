#include "report/report_html.h"

#include <stdexcept>

#include "config/user_error.h"
#include "report/report_page.h"

namespace ernsim {

namespace {

/// JSON has `<` only inside strings; without it no text can end the script element.
std::string without_tags(const std::string& json) {
  std::string text;
  text.reserve(json.size());
  for (const char c : json) c == '<' ? text += "\\u003c" : text += c;
  return text;
}

void replace(std::string& page, const std::string& mark, const std::string& text) {
  const auto at = page.find(mark);
  if (at == std::string::npos) throw std::logic_error("the report page has no " + mark);
  page.replace(at, mark.size(), text);
}

}  // namespace

void require_report_page() {
  if (report_page().empty())
    throw UserError("this build has no report page: npm was missing, or failed, when it was configured");
}

std::string report_html(const std::string& kind, const std::string& json) {
  require_report_page();
  std::string page(report_page());
  replace(page, "@ERNSIM_KIND@", kind);
  replace(page, "@ERNSIM_DATA@", without_tags(json));
  return page;
}

}  // namespace ernsim
