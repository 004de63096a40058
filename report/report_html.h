#pragma once

#include <string>

namespace ernsim {

/// Throws UserError if this build has no report page.
void require_report_page();

/// One file that a browser shows without a network. `kind` is "run" or "sweep"; all that is shown is in `json`.
std::string report_html(const std::string& kind, const std::string& json);

}  // namespace ernsim
