#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

#include "config/option_text.h"

namespace ernsim::tools {

/// The words after the subcommand.
using Arguments = std::vector<std::string>;

/// The options that every subcommand has: --help, --color.
boost::program_options::options_description general_options();

/// Chooses what --color says anywhere among the words, if it is allowed: help, and what is wrong with the other words,
/// have the colours that were asked for. CommandLine refuses what is not allowed.
void follow_colour(const Arguments& words);

/// The words with `value` behind an `option` that has none, at their end or in front of another option.
Arguments with_value(Arguments words, const std::string& option, const std::string& value);

/// What a user gave to one subcommand. Every option takes a text; commands turn it into what they need.
class CommandLine {
 public:
  /// Takes the options that every subcommand has too, and follows --color. Throws UserError for an unknown option (with
  /// the nearest known one), a missing or empty value, an option given twice or more than `positional_count` other
  /// words.
  CommandLine(const Arguments& arguments, const boost::program_options::options_description& own,
              std::size_t positional_count = 0);

  bool has(const std::string& option) const { return values_.count(option) != 0; }
  bool flag(const std::string& option) const { return values_[option].as<bool>(); }
  /// The value of an option, `otherwise` if it was not given.
  std::string get(const std::string& option, const std::string& otherwise = {}) const;
  std::vector<std::string> list(const std::string& option) const;
  const std::vector<std::string>& positional() const { return positional_; }
  /// The same with the only other word, if there is one, as that option's value: `ernsim export ERNs18`.
  CommandLine with_positional_as(const std::string& option) const;

  /// Throws UserError if both options were given.
  void reject_together(const std::string& a, const std::string& b, const std::string& why) const;

 private:
  boost::program_options::variables_map values_;
  std::vector<std::string> positional_;
};

}  // namespace ernsim::tools
