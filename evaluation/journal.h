#pragma once

#include <map>
#include <mutex>
#include <string>

#include "evaluation/executor.h"

namespace ernsim::evaluation {

/// Outcomes of pictures on disk, in the order in which they came, so that an evaluation that was ended, by whatever,
/// goes on where it was. A record that is cut short, or damaged, ends what counts.
class Journal {
 public:
  /// Goes on with the file if `resume` and it is there. Throws UserError if it is there and `resume` is not, if it is
  /// of another evaluation than `fingerprint` names, or cannot be written.
  Journal(std::string path, bool resume, std::uint64_t fingerprint, std::size_t classes, std::size_t nodes);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Not while another thread appends.
  bool has(std::size_t index) const { return places_.count(index) != 0; }
  /// Any thread.
  void append(std::size_t index, const Outcome& outcome);
  Outcome read(std::size_t index) const;
  /// Everything is used: the file goes away.
  void remove();

 private:
  using Record = std::vector<std::int64_t>;  ///< index, class sums, overflows, hash of these

  void create(std::uint64_t fingerprint);
  void load();
  bool read_record(std::size_t at, Record& record) const;
  std::size_t record_bytes() const { return (classes_ + nodes_ + 2) * sizeof(std::int64_t); }

  std::string path_;
  std::size_t classes_, nodes_;
  int descriptor_ = -1;
  std::size_t end_ = 0;
  std::map<std::size_t, std::size_t> places_;  ///< where a picture's record begins
  std::mutex mutex_;
};

}  // namespace ernsim::evaluation
