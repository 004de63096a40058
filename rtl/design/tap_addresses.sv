// Where the array's steps read A: output rows, then columns, for every pane. Lane m reads kernel column
// `kernel_column + m`; a lane whose tap lies outside the kernel or the input region reads nothing.
// The word of (row, block, column) is at input_address + row * input_row_stride + block * in_columns + column.
module tap_addresses #(
    parameter M = 3
) (
    input  logic            clock,
    input  logic            reset,
    input  logic            load,              // of an instruction's operands, an ISSUE before the first step
    input  logic [   192:0] operands,          // words 7 to 13 of that instruction
    input  logic            step,
    input  logic            pane_done,         // goes to the next pane
    output logic [   M-1:0] is_inside,
    output logic [M*16-1:0] address,
    output logic            last_step,
    output logic            first_pane,
    output logic            last_pane,
    output logic [    15:0] accumulator        // address in F
);
  logic [15:0] row_stride, in_columns, in_rows, in_blocks, out_rows, out_columns, output_address;
  logic signed [15:0] row_offset, column_offset;
  logic [7:0] kernel, stride;
  logic [15:0] line_step;  // between the inputs of two output rows

  // The next pane starts at the next group of columns, the next kernel row, or the next block.
  logic last_of_row, last_of_block;
  logic [7:0] matrices, kernel_row, kernel_column, next_row, next_column;
  logic [15:0] block_address, kernel_row_address, pane_address;
  logic [15:0] next_block_address, next_kernel_row_address, next_pane_address;

  logic [15:0] x, y, line_address, step_address, origin;
  logic signed [17:0] row, column;
  logic last_x;

  pane_counter #(.M(M)) panes (
      .clock(clock), .reset(reset), .advance(pane_done), .kernel(kernel), .in_blocks(in_blocks), .matrices(matrices),
      .kernel_row(kernel_row), .kernel_column(kernel_column), .is_first(first_pane), .last_of_row(last_of_row),
      .last_of_block(last_of_block), .is_last(last_pane));

  assign origin = operands[0+:16] + operands[64+:16] * operands[16+:16] + operands[80+:16];
  assign next_block_address = block_address + in_columns;
  assign next_kernel_row_address = last_of_block ? next_block_address : kernel_row_address + row_stride;
  assign next_pane_address = last_of_row ? next_kernel_row_address : pane_address + 16'(matrices);
  assign next_column = last_of_row ? 8'd0 : kernel_column + matrices;
  assign next_row = last_of_block ? 8'd0 : last_of_row ? kernel_row + 8'd1 : kernel_row;

  assign last_x = x + 16'd1 == out_columns;
  assign last_step = last_x && y + 16'd1 == out_rows;

  generate
    for (genvar m = 0; m < M; m++) begin : g_lane
      logic signed [17:0] lane_column;
      assign lane_column = column + 18'sd1 * m;
      assign address[16*m+:16] = step_address + 16'(m);
      assign is_inside[m] = 8'(m) < matrices && 9'(kernel_column) + 9'(m) < 9'(kernel) && !row[17] &&
          row[16:0] < 17'(in_rows) && !lane_column[17] && lane_column[16:0] < 17'(in_columns);
    end
  endgenerate

  always_ff @(posedge clock) begin
    if (load) begin
      {in_columns, in_rows, row_stride} <= operands[63:16];
      {out_rows, in_blocks, column_offset, row_offset} <= operands[127:64];
      out_columns <= operands[128+:16];
      output_address <= operands[160+:16];
      {stride, kernel} <= operands[176+:16];
      line_step <= 16'(operands[184+:8]) * operands[16+:16];
      block_address <= origin;
      kernel_row_address <= origin;
    end else if (pane_done) begin
      if (last_of_block) block_address <= next_block_address;
      if (last_of_row) kernel_row_address <= next_kernel_row_address;
    end
  end

  always_ff @(posedge clock) begin
    if (load) begin
      pane_address <= origin;
      {line_address, step_address} <= {origin, origin};
      row <= 18'($signed(operands[64+:16]));
      column <= 18'($signed(operands[80+:16]));
      accumulator <= operands[160+:16];
      {x, y} <= '0;
    end else if (pane_done) begin
      pane_address <= next_pane_address;
      {line_address, step_address} <= {next_pane_address, next_pane_address};
      row <= 18'(row_offset) + $signed(18'(next_row));
      column <= 18'(column_offset) + $signed(18'(next_column));
      accumulator <= output_address;
      {x, y} <= '0;
    end else if (step) begin
      accumulator <= accumulator + 16'd1;
      if (last_x) begin
        x <= '0;
        y <= y + 16'd1;
        line_address <= line_address + line_step;
        step_address <= line_address + line_step;
        row <= row + $signed(18'(stride));
        column <= 18'(column_offset) + $signed(18'(kernel_column));
      end else begin
        x <= x + 16'd1;
        step_address <= step_address + 16'(stride);
        column <= column + $signed(18'(stride));
      end
    end
  end
endmodule
