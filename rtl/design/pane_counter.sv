// Counts the panes of an instruction: in-block, kernel row, group of kernel columns. After the last one it is at the
// first.
module pane_counter #(
    parameter M = 3
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        advance,
    input  logic [ 7:0] kernel,
    input  logic [15:0] in_blocks,
    output logic [ 7:0] matrices,     // of a pane: kernel columns it covers
    output logic [ 7:0] kernel_row,
    output logic [ 7:0] kernel_column,  // of the first matrix
    output logic        is_first,
    output logic        last_of_row,
    output logic        last_of_block,
    output logic        is_last
);
  logic [15:0] block;

  assign matrices = kernel < 8'(M) ? kernel : 8'(M);
  assign is_first = kernel_column == 0 && kernel_row == 0 && block == 0;
  assign last_of_row = 9'(kernel_column) + 9'(matrices) >= 9'(kernel);
  assign last_of_block = last_of_row && kernel_row + 8'd1 == kernel;
  assign is_last = last_of_block && block + 16'd1 == in_blocks;

  always_ff @(posedge clock) begin
    if (reset) begin
      kernel_column <= '0;
      kernel_row <= '0;
      block <= '0;
    end else if (advance) begin
      kernel_column <= last_of_row ? 8'd0 : kernel_column + matrices;
      if (last_of_row) kernel_row <= last_of_block ? 8'd0 : kernel_row + 8'd1;
      if (last_of_block) block <= is_last ? 16'd0 : block + 16'd1;
    end
  end
endmodule
