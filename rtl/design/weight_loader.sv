// Copies pane after pane from W to the shadow pane, one word per cycle: word r of a pane is read in cycle L + r if the
// load starts in L. It may run ahead of the array by one instruction; that one is then the head of the queue.
module weight_loader #(
    parameter B = 64,
    parameter M = 3
) (
    input  logic        clock,
    input  logic        reset,
    // The loader's instruction: the one the array holds, or the head of the queue.
    output logic        for_active,
    input  logic        head_valid,
    input  logic [ 7:0] kernel,
    input  logic [15:0] in_blocks,
    input  logic [15:0] weight_address,
    input  logic        enough,        // its weight credits are there
    output logic        take,          // of these credits
    input  logic        head_taken,    // by the array
    // The shadow pane.
    input  logic        sweep_start,   // it becomes active, and is free
    output logic        shadow_ready,
    // W. In the cycle after a read, row `w_row` of the pane is at its output.
    output logic        w_read,
    output logic [15:0] w_address,
    output logic [ 7:0] w_row
);
  logic is_ahead;  // of the array by an instruction
  logic loading;
  logic [7:0] row;
  logic [15:0] next_address;
  logic is_there, start, done, first_pane, last_pane, last_row;

  assign is_there = for_active || (!is_ahead && head_valid);
  assign start = !loading && (!shadow_ready || sweep_start) && is_there && (!first_pane || enough);
  assign take = start && first_pane;
  assign done = start && last_pane;  // with this instruction

  /* verilator lint_off PINCONNECTEMPTY */
  pane_counter #(.M(M)) panes (
      .clock(clock), .reset(reset), .advance(start), .kernel(kernel), .in_blocks(in_blocks), .kernel_row(),
      .kernel_column(), .is_first(first_pane), .last_of_row(), .last_of_block(), .is_last(last_pane));
  /* verilator lint_on PINCONNECTEMPTY */

  assign w_row = loading ? row : 8'd0;
  assign last_row = w_row == 8'(B - 1);
  assign w_read = start || loading;
  assign w_address = take ? weight_address : next_address;

  always_ff @(posedge clock) begin
    if (w_read) begin
      row <= w_row + 8'd1;
      next_address <= w_address + 16'd1;
    end
    if (reset) begin
      for_active <= 1'b0;
      is_ahead <= 1'b0;
      loading <= 1'b0;
      shadow_ready <= 1'b0;
    end else begin
      for_active <= for_active ? !done : !is_ahead && head_taken && !done;
      is_ahead <= is_ahead ? !head_taken : !for_active && done && !head_taken;
      loading <= w_read && !last_row;
      shadow_ready <= (shadow_ready && !sweep_start) || (w_read && last_row);
    end
  end
endmodule
