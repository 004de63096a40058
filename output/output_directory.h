#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "output/output_file.h"
#include "output/temporary_file.h"

namespace ernsim {

/// A directory whose new files appear complete or not at all. It may exist; files in it that are not written stay.
/// Nothing outside it is written: not by a name, nor through a link that leads out of it.
class OutputDirectory {
 public:
  /// Checks that files can be written there, without leaving a trace. Throws UserError if they cannot.
  explicit OutputDirectory(std::string path);
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;
  ~OutputDirectory();  ///< removes what was not committed

  /// Puts a file beside its place. Throws std::logic_error unless `file_name` follows the rule of file_names.h.
  void write(const std::string& file_name, std::string_view bytes);
  /// Throws what commit() throws if a written file cannot take its place; commit() begins with it.
  void check() const;
  /// Moves the written files into place.
  void commit();

 private:
  struct Written {
    std::string name;
    std::unique_ptr<TemporaryFile> file;
  };

  void prepare();
  void place_in_new_folder();
  std::list<OutputFile> places() const;
  void place_among_others();

  std::filesystem::path target_;
  std::filesystem::path folder_;  ///< where the temporary files are; empty until the first write
  std::unique_ptr<AnnouncedOutput> announced_;
  std::unique_ptr<RemovedOnInterruption> removed_;  ///< the folder, if it is new
  std::list<Written> written_;
};

}  // namespace ernsim
