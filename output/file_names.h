#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ernsim {

/// Names of files for things that a network or a schedule calls whatever it likes. A name that consists of letters and
/// digits of ASCII, '.', '_' and '-', begins with none of '.' and '-' and is not longer than `longest_stem` is its own
/// file name. In any other every such byte becomes '_', the rest is cut off, and '~' and 16 hexadecimal digits, the
/// XXH3-64 of the name, follow. So does a name whose file is taken, where capitals and small letters are the same; if
/// that is taken too, '~2' follows, and so on.
class FileNames {
 public:
  static constexpr std::size_t longest_stem = 150;  ///< bytes; with the rest well below the 255 of Linux

  /// `taken` are files that have their names already.
  explicit FileNames(const std::vector<std::string>& taken = {});

  /// The file of `name` with this ending (".npy"), which nobody else gets.
  std::string of(const std::string& name, const std::string& ending);

  /// Those that are not called name + ending: name + ending, by file.
  const std::map<std::string, std::string>& different() const { return different_; }

 private:
  std::set<std::string> taken_;  ///< in small letters
  std::map<std::string, std::string> different_;
};

/// Whether a file of that name lies in the folder that it is put into, on every system, and is not hidden.
bool is_file_name(std::string_view name);

}  // namespace ernsim
