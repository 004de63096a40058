// First in, first out, of 64-byte instructions. Up to four are pushed in one cycle; one pushed in cycle c is seen from
// c + 1 on. The entries lie in four banks, so that a bank is written once in a cycle at most. The pusher counts places.
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
    output logic             consumed     // a place has come free
);
  generate
    if (DEPTH < 8 || (DEPTH & (DEPTH - 1)) != 0) begin : g_check
      $error("DEPTH must be a power of two and at least 8");
    end
  endgenerate

  localparam INDEX_BITS = $clog2(DEPTH);
  localparam ROW_BITS = INDEX_BITS - 2;

  logic [INDEX_BITS-1:0] first, next;  // oldest entry, place of the next one
  logic [INDEX_BITS:0] count;
  logic [4*512-1:0] bank_heads;

  generate
    for (genvar b = 0; b < 4; b++) begin : g_bank
      logic [511:0] entries[0:DEPTH/4-1];
      logic [1:0] offset;  // which of the pushed ones falls to this bank
      logic [INDEX_BITS-1:0] place;
      assign offset = 2'(b) - next[1:0];
      assign place  = next + INDEX_BITS'(offset);
      always_ff @(posedge clock)
        if ({1'b0, offset} < push_count) entries[place[INDEX_BITS-1:2]] <= push_data[offset*512+:512];
      assign bank_heads[b*512+:512] = entries[first[INDEX_BITS-1-:ROW_BITS]];
    end
  endgenerate

  assign valid = count != 0;
  assign head = bank_heads[first[1:0]*512+:512];
  assign consumed = pop;

  always_ff @(posedge clock) begin
    if (reset) begin
      first <= '0;
      next  <= '0;
      count <= '0;
    end else begin
      first <= first + INDEX_BITS'(pop);
      next  <= next + INDEX_BITS'(push_count);
      count <= count + (INDEX_BITS + 1)'(push_count) - (INDEX_BITS + 1)'(pop);
    end
  end
endmodule
