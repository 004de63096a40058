#pragma once

#include "compiler/schedule.h"

// The keys of each kind of line, in the order they are written. Each function calls visit(key, value&) per key;
// the objects may be const. Reader and writer of the text format share these lists.

namespace ernsim::compiler {

template <class S, class Visitor>
void visit_header(S& schedule, Visitor&& visit) {
  visit("network", schedule.network);
  visit("block_channels", schedule.block_channels);
  visit("lanes", schedule.lanes);
  visit("lane_mapping", schedule.lane_mapping);
  visit("thermometer", schedule.thermometer);
  visit("external_bytes", schedule.external_bytes);
}

template <class R, class Visitor>
void visit_region(R& region, Visitor&& visit) {
  visit("name", region.name);
  visit("kind", region.kind);
  visit("address", region.address);
  visit("bytes", region.bytes);
  visit("channels", region.channels);
  visit("height", region.height);
  visit("width", region.width);
}

template <class L, class Visitor>
void visit_layer(L& layer, Visitor&& visit) {
  visit("name", layer.name);
  visit("reads", layer.reads);
  visit("adds", layer.adds);
  visit("codes", layer.codes);
  visit("sums", layer.sums);
  visit("kernel", layer.kernel);
  visit("stride", layer.stride);
  visit("dilation_down", layer.dilation_down);
  visit("dilation_across", layer.dilation_across);
  visit("in_channels", layer.in_channels);
  visit("out_channels", layer.out_channels);
  visit("out_height", layer.out_height);
  visit("out_width", layer.out_width);
  visit("macs", layer.macs);
  visit("choice", layer.choice);
}

template <class R, class Visitor>
void visit_repetition(R& repetition, Visitor&& visit) {
  visit("name", repetition.name);
  visit("of", repetition.of);
  visit("times", repetition.times);
}

template <class Operands, class Visitor>
void visit_transfer(UnitId unit, Operands& o, Visitor&& visit) {
  visit("external_address", o.external_address);
  visit("run_bytes", o.run_bytes);
  visit("inner_count", o.inner_count);
  visit("outer_count", o.outer_count);
  visit("inner_stride_bytes", o.inner_stride_bytes);
  visit("outer_stride_bytes", o.outer_stride_bytes);
  visit("memory_address", o.memory_address);
  visit("memory_stride_words", o.memory_stride_words);
  if (unit == UnitId::load_activations) visit("image", o.image);
  if (unit == UnitId::store) visit("from_results", o.from_results);
  if (unit == UnitId::store || unit == UnitId::load_residuals) visit("sum_bits", o.sum_bits);
}

template <class Operands, class Visitor>
void visit_convolution(Operands& o, Visitor&& visit) {
  visit("input_address", o.input_address);
  visit("input_row_stride", o.input_row_stride);
  visit("in_rows", o.in_rows);
  visit("in_columns", o.in_columns);
  visit("row_offset", o.row_offset);
  visit("column_offset", o.column_offset);
  visit("in_blocks", o.in_blocks);
  visit("out_rows", o.out_rows);
  visit("out_columns", o.out_columns);
  visit("kernel", o.kernel);
  visit("stride", o.stride);
  visit("weight_address", o.weight_address);
  visit("output_address", o.output_address);
  visit("accumulate", o.accumulate);
}

template <class Operands, class Visitor>
void visit_quantization(Operands& o, Visitor&& visit) {
  visit("accumulator_address", o.accumulator_address);
  visit("rows", o.rows);
  visit("columns", o.columns);
  visit("threshold_entry", o.threshold_entry);
  visit("residual_address", o.residual_address);
  visit("result_address", o.result_address);
  visit("code_address", o.code_address);
  visit("code_row_stride", o.code_row_stride);
  visit("add_residual", o.add_residual);
  visit("emit_codes", o.emit_codes);
  visit("emit_sums", o.emit_sums);
}

/// Everything of an instruction but its unit, its waits and its posts.
template <class I, class Visitor>
void visit_instruction(I& instruction, Visitor&& visit) {
  visit("at", instruction.at);
  switch (instruction.unit) {
    case UnitId::convolution:
      visit_convolution(instruction.convolution, visit);
      break;
    case UnitId::quantization:
      visit_quantization(instruction.quantization, visit);
      break;
    default:
      visit_transfer(instruction.unit, instruction.transfer, visit);
      break;
  }
  visit("last", instruction.last);
}

/// The word an instruction's line starts with.
inline const char* opcode_of(UnitId unit) {
  switch (unit) {
    case UnitId::convolution:
      return "convolve";
    case UnitId::quantization:
      return "quantize";
    case UnitId::store:
      return "store";
    default:
      return "load";
  }
}

}  // namespace ernsim::compiler
