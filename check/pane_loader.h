#pragma once

#include "check/array.h"
#include "check/rules.h"

namespace ernsim::check {

/// The weight loader: pane after pane out of W, ahead of the sweeps.
class PaneLoader {
 public:
  PaneLoader(const Subject& subject, const Array& array);

  bool there() const { return there_; }
  /// Reads the next pane's words; `sweep`: the sweep before its own began, unknown if nobody knows. Returns when the
  /// pane is loaded, unknown if that cannot be told.
  Cycle load(const Execution& execution, std::int64_t pane, Cycle sweep);
  /// The words of the pane that was read last; none if it was not.
  const Beats& words() const { return words_; }
  /// Which pane the next word belongs to is not known any more.
  void lose() {
    lost_ = true;
    load_ = unknown;
  }

 private:
  void check_words(const Execution& execution, std::int64_t pane);
  void check_begin(const Execution& execution, std::int64_t pane, Cycle sweep);
  void check_credits(const Execution& execution, Cycle sweep);
  Place place(Cycle cycle, const Execution& e) const { return {cycle, "convolution", e.layer()}; }

  const Subject& s_;
  const Array& array_;
  Walk signs_, takes_;
  bool there_, lost_;
  Cycle whole_;
  Cycle load_ = unknown;  ///< the last pane's first word
  Beats words_;
};

}  // namespace ernsim::check
