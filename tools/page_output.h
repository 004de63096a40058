#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "output/output_file.h"
#include "tools/command_line.h"

namespace ernsim::tools {

/// --html and --pdf.
void add_page_options(boost::program_options::options_description& options);

/// Where a page goes; what it needs is checked before anything is computed.
class PageOutput {
 public:
  /// Throws UserError if this build has no page, or there is no Chromium to print it.
  explicit PageOutput(const CommandLine& line);

  bool wanted() const { return html_ || pdf_; }
  bool is_standard_output() const;
  /// Throws UserError if a sweep has more points than a page can show; `source` names it.
  void write(const std::string& kind, const nlohmann::ordered_json& json, const std::string& source) const;
  void write(const std::string& kind, const std::string& json) const;

 private:
  std::optional<OutputFile> html_, pdf_;
  std::filesystem::path browser_;
};

}  // namespace ernsim::tools
