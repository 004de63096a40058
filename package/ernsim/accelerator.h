#pragma once

/// The accelerator as a SystemC module: registers, interrupt and reset on one side, memory ports on the other.
#include "models/accelerator/accelerator.h"
