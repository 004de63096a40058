#pragma once

/// Networks, and what turns one into a program for a configuration of the accelerator.
#include "compiler/compile.h"
#include "compiler/program.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"
