#pragma once

#include <ostream>

#include "traces/waves.h"

namespace ernsim::traces {

/// A value change dump (IEEE 1364): one scope per unit inside `ernsim`, in picoseconds. No date, so that the same trace
/// gives the same bytes.
class VcdSink : public WaveSink {
 public:
  explicit VcdSink(std::ostream& out) : out_(out) {}

  void declare(const std::vector<WaveSignal>& signals) override;
  void time(Picoseconds now) override;
  void change(std::size_t signal, const std::string& bits) override;

 private:
  std::ostream& out_;
};

}  // namespace ernsim::traces
