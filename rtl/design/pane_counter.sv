// Counts the panes of an instruction: in-block, kernel row, group of M kernel columns. After the last one it is at the
// first.
module pane_counter #(
    parameter M = 3
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        advance,
    input  logic [ 7:0] kernel,
    input  logic [15:0] in_blocks,
    output logic [ 7:0] kernel_row,
    output logic [ 7:0] kernel_column,  // of the first matrix
    output logic        is_first,
    output logic        last_of_row,
    output logic        last_of_block,
    output logic        is_last
);
  // Kernel rows, columns and blocks up to the end of this pane.
  logic [7:0] rows;
  logic [8:0] columns;
  logic [15:0] blocks;

  assign last_of_row = columns >= 9'(kernel);
  assign last_of_block = last_of_row && rows == kernel;
  assign is_last = last_of_block && blocks == in_blocks;

  always_ff @(posedge clock) begin
    if (reset) begin
      kernel_column <= '0;
      columns <= 9'(M);
      kernel_row <= '0;
      rows <= 8'd1;
      blocks <= 16'd1;
      is_first <= 1'b1;
    end else if (advance) begin
      kernel_column <= last_of_row ? 8'd0 : columns[7:0];
      columns <= last_of_row ? 9'(M) : columns + 9'(M);
      if (last_of_row) begin
        kernel_row <= last_of_block ? 8'd0 : rows;
        rows <= last_of_block ? 8'd1 : rows + 8'd1;
      end
      if (last_of_block) blocks <= is_last ? 16'd1 : blocks + 16'd1;
      is_first <= is_last;
    end
  end
endmodule
