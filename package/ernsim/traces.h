#pragma once

/// Traces of what passes the accelerator's ports: writer and reader.
#include "traces/reader.h"
#include "traces/writer.h"
