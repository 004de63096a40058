#pragma once

#include <cstddef>

#include "timing/clock.h"

namespace ernsim {

/// A burst's data on one of a port's two data channels, a beat per cycle of the AXI clock, in whose cycles times are.
struct PortData {
  std::size_t port = 0;
  bool write = false;
  Cycle begin = 0;
  Cycle end = 0;  ///< after the last beat
};

/// Told of the data of every burst that passes an AXI port.
class PortDataObserver {
 public:
  virtual ~PortDataObserver() = default;
  virtual void port_data(const PortData& data) = 0;
};

}  // namespace ernsim
