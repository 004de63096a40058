#pragma once

#include <filesystem>
#include <list>

#include "output/interruption.h"

namespace ernsim {

/// Folders that were missing. They go away again, as far as they are empty, unless they are kept.
class NewFolders {
 public:
  NewFolders() = default;
  NewFolders(const NewFolders&) = delete;
  NewFolders& operator=(const NewFolders&) = delete;
  ~NewFolders();

  /// Makes a folder and those that it lies in. Throws UserError if that cannot be.
  void make(const std::filesystem::path& folder);
  void keep() { made_.clear(); }

 private:
  struct Made {
    explicit Made(const std::filesystem::path& folder) : path(folder), removed(folder.string()) {}
    std::filesystem::path path;
    RemovedOnInterruption removed;
  };

  std::list<Made> made_;  ///< the outer ones first
};

}  // namespace ernsim
