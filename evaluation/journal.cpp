#include "evaluation/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "config/user_error.h"

namespace ernsim::evaluation {

namespace {

using Header = std::array<std::uint64_t, 2>;         ///< magic, fingerprint
constexpr std::uint64_t magic = 0x31766d69736e7265;  ///< "ernsimv1"

std::int64_t hash_of(const std::vector<std::int64_t>& record) {
  return static_cast<std::int64_t>(XXH3_64bits(record.data(), (record.size() - 1) * sizeof record[0]));
}

}  // namespace

Journal::Journal(std::string path, bool resume, std::uint64_t fingerprint, std::size_t classes, std::size_t nodes)
    : path_(std::move(path)), classes_(classes), nodes_(nodes) {
  const bool there = ::access(path_.c_str(), F_OK) == 0;
  if (there && !resume)
    throw UserError(fmt::format("{} is left of an evaluation that was ended; --resume goes on with it", path_));
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw UserError(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
  Header header{};
  const auto got = ::pread(descriptor_, header.data(), sizeof header, 0);
  if (got < static_cast<ssize_t>(sizeof header)) {
    create(fingerprint);
    return;
  }
  if (header != Header{magic, fingerprint}) {
    ::close(descriptor_);
    throw UserError(fmt::format(
        "{}: of another network, data, preprocessing or number of bits; without it an evaluation starts anew", path_));
  }
  load();
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Journal::create(std::uint64_t fingerprint) {
  const Header header{magic, fingerprint};
  if (::pwrite(descriptor_, header.data(), sizeof header, 0) != static_cast<ssize_t>(sizeof header))
    throw std::runtime_error(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
  end_ = sizeof header;
}

void Journal::load() {
  end_ = sizeof(Header);
  for (Record record; read_record(end_, record); end_ += record_bytes())
    places_[static_cast<std::size_t>(record[0])] = end_;
}

bool Journal::read_record(std::size_t at, Record& record) const {
  record.resize(record_bytes() / sizeof record[0]);
  const auto got = ::pread(descriptor_, record.data(), record_bytes(), static_cast<off_t>(at));
  return got == static_cast<ssize_t>(record_bytes()) && record.back() == hash_of(record);
}

void Journal::append(std::size_t index, const Outcome& outcome) {
  Record record{static_cast<std::int64_t>(index)};
  record.insert(record.end(), outcome.class_sums.begin(), outcome.class_sums.end());
  record.insert(record.end(), outcome.overflows.begin(), outcome.overflows.end());
  record.push_back(0);
  record.back() = hash_of(record);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (::pwrite(descriptor_, record.data(), record_bytes(), static_cast<off_t>(end_)) !=
      static_cast<ssize_t>(record_bytes()))
    throw std::runtime_error(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
  places_[index] = end_;
  end_ += record_bytes();
}

Outcome Journal::read(std::size_t index) const {
  Record record;
  if (!read_record(places_.at(index), record))
    throw std::runtime_error(fmt::format("{}: the record of picture {} was changed meanwhile", path_, index));
  const auto sums = record.begin() + 1, overflows = sums + static_cast<std::ptrdiff_t>(classes_);
  return {{sums, overflows}, {overflows, record.end() - 1}};
}

void Journal::remove() { ::unlink(path_.c_str()); }

}  // namespace ernsim::evaluation
