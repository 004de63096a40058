// First in, first out, of 64-byte instructions. Up to four are pushed in one cycle; one pushed in cycle c is seen from
// c + 1 on. The head is a register. What is pushed in one cycle lies behind it in one row of four, however many they are, so that each
// has its place without a crossbar. The pusher counts places.
module instruction_queue #(
    parameter DEPTH = 16  // a power of two, 8 or more
) (
    input  logic             clock,
    input  logic             reset,
    input  logic [      2:0] push_count,  // 0 to 4
    input  logic [4*512-1:0] push_data,   // the first in the lowest bits
    input  logic             pop,
    output logic             valid,
    output logic [    511:0] head,
    output logic             replaced,    // `incoming` is the head from the next cycle on, if there is one
    output logic [    511:0] incoming,
    output logic             consumed     // a place has come free
);
  generate
    if (DEPTH < 8 || (DEPTH & (DEPTH - 1)) != 0) begin : g_check
      $error("DEPTH must be a power of two and at least 8");
    end
  endgenerate

  localparam ROW_BITS = $clog2(DEPTH);

  logic [4*512-1:0] rows[0:DEPTH-1];
  logic [1:0] lasts[0:DEPTH-1];         // a row's last instruction
  logic [ROW_BITS-1:0] oldest, next;    // row
  logic [1:0] place;                    // of the instruction behind the head in its row
  logic is_behind, passes, stores, ends;

  assign is_behind = oldest != next;
  assign replaced = pop || !valid;
  assign incoming = is_behind ? rows[oldest][place*512+:512] : push_data[511:0];
  assign passes = replaced && !is_behind;  // the first that is pushed, if one is, by the rows
  assign stores = push_count > 3'(passes);
  assign ends = place == lasts[oldest];
  assign consumed = pop;

  always_ff @(posedge clock) begin
    if (stores) begin
      rows[next] <= push_data;
      lasts[next] <= 2'(push_count - 3'd1);
    end
    if (replaced) head <= incoming;
    if (reset) begin
      valid <= 1'b0;
      oldest <= '0;
      next <= '0;
      place <= '0;
    end else begin
      valid <= !replaced || is_behind || push_count != 0;
      next <= next + ROW_BITS'(stores);
      if (passes) place <= 2'(stores);
      else if (replaced) begin
        place <= ends ? 2'd0 : place + 2'd1;
        oldest <= oldest + ROW_BITS'(ends);
      end
    end
  end
endmodule
