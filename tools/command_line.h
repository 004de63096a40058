#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

namespace ernsim::tools {

/// The words after the subcommand.
using Arguments = std::vector<std::string>;

/// What a user gave to one subcommand. Every option takes a text; commands turn it into what they need.
class CommandLine {
 public:
  /// Throws UserError for an unknown option (with the nearest known one), a missing value, an option given twice or
  /// more than `positional_count` other words.
  CommandLine(const Arguments& arguments, const boost::program_options::options_description& options,
              std::size_t positional_count = 0);

  bool has(const std::string& option) const { return values_.count(option) != 0; }
  bool flag(const std::string& option) const { return values_[option].as<bool>(); }
  /// The value of an option, `otherwise` if it was not given.
  std::string get(const std::string& option, const std::string& otherwise = {}) const;
  std::vector<std::string> list(const std::string& option) const;
  const std::vector<std::string>& positional() const { return positional_; }

  /// Throws UserError if both options were given.
  void reject_together(const std::string& a, const std::string& b, const std::string& why) const;

 private:
  boost::program_options::variables_map values_;
  std::vector<std::string> positional_;
};

/// A whole number from `minimum` to `maximum`. Throws UserError naming the option otherwise.
long long parse_integer(const std::string& option, const std::string& text, long long minimum, long long maximum);

/// The text, if it is one of `allowed`. Throws UserError naming the option otherwise.
std::string parse_choice(const std::string& option, const std::string& text, const std::vector<std::string>& allowed);

}  // namespace ernsim::tools
