#pragma once

namespace ernsim::bench {

/// The DRAM model by itself, and the reader of ONNX files, in this process.
void register_memory();
void register_import();

}  // namespace ernsim::bench
