#pragma once
#include "models/control/observer.h"
