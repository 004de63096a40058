#pragma once

#include <functional>
#include <map>
#include <memory>

#include "models/accelerator/unit/instruction_unit.h"

namespace ernsim {

/// Makes a unit; called while SystemC elaborates the module that holds it.
using UnitMaker = std::function<std::unique_ptr<InstructionUnit>(const UnitContext&)>;

/// Who makes which unit, DMA engines included: the model's own stands where nobody is named.
class UnitMakers {
 public:
  void set(UnitId unit, UnitMaker maker) { makers_[unit] = std::move(maker); }
  bool empty() const { return makers_.empty(); }
  /// The unit that the named maker makes; what `own` makes if there is none.
  template <class Own>
  std::unique_ptr<InstructionUnit> make(UnitId unit, const UnitContext& context, Own own) const {
    const auto found = makers_.find(unit);
    return found == makers_.end() ? own() : found->second(context);
  }

 private:
  std::map<UnitId, UnitMaker> makers_;
};

}  // namespace ernsim
