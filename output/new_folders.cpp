#include "output/new_folders.h"

#include <fmt/format.h>
#include <unistd.h>

#include "config/user_error.h"

namespace ernsim {

namespace fs = std::filesystem;

NewFolders::~NewFolders() {
  while (!made_.empty()) {
    ::rmdir(made_.back().path.c_str());
    made_.pop_back();
  }
}

void NewFolders::make(const fs::path& folder) {
  std::error_code error;
  std::list<fs::path> missing;
  for (fs::path each = folder; !each.empty() && !fs::exists(each, error); each = each.parent_path())
    missing.push_front(each);
  for (const fs::path& each : missing) {
    made_.emplace_back(each);
    if (fs::create_directory(each, error)) continue;
    made_.pop_back();
    if (error) throw UserError(fmt::format("{}: cannot be made: {}", each.string(), error.message()));
  }
}

}  // namespace ernsim
