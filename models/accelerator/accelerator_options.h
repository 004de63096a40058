#pragma once

#include "models/accelerator/unit/unit_makers.h"
#include "timing/engine_module.h"
#include "tlm/look_ahead.h"

namespace ernsim {

/// Is told when a frame is finished and every unit has booked its last cycle.
class FrameObserver {
 public:
  virtual ~FrameObserver() = default;
  virtual void frame_finished(Cycle now) = 0;
};

/// What an accelerator may be given beside its configuration; none of it changes a cycle.
struct AcceleratorOptions {
  EngineModule* engine = nullptr;             ///< advances its units; null: one of its own
  EngineKind engine_kind = EngineKind::leap;  ///< of its own engine
  LookAhead look_ahead = embedded_look_ahead();
  bool data = true;                 ///< move and compute values, not only time
  Observer* observer = nullptr;     ///< is not shown tensor values, may be null
  Observer* values = nullptr;       ///< is shown tensor values, may be null
  PortObserver* ports = nullptr;    ///< sees the beats of every port, may be null
  FrameObserver* frames = nullptr;  ///< may be null
  UnitMakers makers;                ///< of units in the place of the model's own
  std::size_t layer_count = 0;      ///< layers that units account for apart
};

}  // namespace ernsim
