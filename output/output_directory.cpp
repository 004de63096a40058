#include "output/output_directory.h"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

#include "config/user_error.h"
#include "output/file_names.h"

namespace ernsim {

namespace fs = std::filesystem;

namespace {

fs::path folder_of(const fs::path& path) {
  const fs::path parent = path.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

/// Throws std::runtime_error if what is there is a link to somewhere else.
void require_inside(const fs::path& path, const fs::path& folder) {
  if (!fs::is_symlink(fs::symlink_status(path))) return;
  const fs::path end = fs::weakly_canonical(followed(path));
  if (end.parent_path() != fs::canonical(folder))
    throw std::runtime_error(
        fmt::format("{}: cannot be written: it is a link that leads out of {}", path.string(), folder.string()));
}

}  // namespace

OutputDirectory::OutputDirectory(std::string path) : target_(std::move(path)) {
  if (target_.empty()) throw UserError("an output directory needs a name");
  if (!target_.has_filename()) target_ = target_.parent_path();  // "dir/"
  target_ = followed(target_);
  const std::string name = target_.string();
  if (fs::exists(target_) && !fs::is_directory(target_))
    throw UserError(fmt::format("{}: cannot be written: it is not a directory", name));
  const fs::path folder = fs::exists(target_) ? target_ : folder_of(target_);
  if (!fs::is_directory(folder))
    throw UserError(fmt::format("{}: cannot be written: no folder {}", name, folder.string()));
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    throw UserError(fmt::format("{}: cannot be written: no permission in folder {}", name, folder.string()));
  announced_ = std::make_unique<AnnouncedOutput>(name);
}

OutputDirectory::~OutputDirectory() {
  written_.clear();
  if (removed_ != nullptr) ::rmdir(folder_.c_str());
}

void OutputDirectory::prepare() {
  if (fs::exists(target_)) {
    folder_ = target_;
    return;
  }
  folder_ = temporary_name(folder_of(target_));
  removed_ = std::make_unique<RemovedOnInterruption>(folder_.string());
  const Uninterrupted whole;
  fs::create_directory(folder_);
}

void OutputDirectory::write(const std::string& file_name, std::string_view bytes) {
  if (!is_file_name(file_name)) throw std::logic_error(fmt::format("'{}' is no name of a file", file_name));
  if (folder_.empty()) prepare();
  auto file = std::make_unique<TemporaryFile>(folder_, (target_ / file_name).string());
  file->stream().write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file->close();
  written_.push_back({file_name, std::move(file)});
}

void OutputDirectory::place_in_new_folder() {
  for (auto& [name, file] : written_) file->rename(folder_ / name);
  fs::rename(folder_, target_);
  removed_.reset();
}

std::list<OutputFile> OutputDirectory::places() const {
  std::list<OutputFile> made;
  for (const auto& each : written_) {
    require_inside(target_ / each.name, target_);
    made.emplace_back((target_ / each.name).string(), false);
  }
  return made;
}

void OutputDirectory::place_among_others() {
  std::list<OutputFile> checked = places();  // all of them before the first is written
  for (auto& each : written_) {
    checked.front().place(*each.file);
    checked.pop_front();
  }
}

void OutputDirectory::check() const {
  if (!folder_.empty() && removed_ == nullptr) places();
}

void OutputDirectory::commit() {
  const Uninterrupted whole;
  if (folder_.empty()) return;
  if (removed_ != nullptr)
    place_in_new_folder();
  else
    place_among_others();
  written_.clear();
  folder_.clear();
  announced_->done();
}

}  // namespace ernsim
