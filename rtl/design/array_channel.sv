// One output channel of the M arrays: its M rows of B sign bits, shadow and active, and the count of what they turn
// negative: popcount(plane 0 & signs) + 2 popcount(plane 1 & signs).
module array_channel #(
    parameter B = 64,
    parameter M = 3,
    parameter COUNT_BITS = 10
) (
    input  logic                  clock,
    input  logic [         M-1:0] load,     // of the shadow rows
    input  logic [       M*B-1:0] rows,
    input  logic                  copy,     // the shadow rows become active
    input  logic [       M*B-1:0] plane0,   // bit 0 of each channel's code
    input  logic [       M*B-1:0] plane1,   // bit 1
    output logic [COUNT_BITS-1:0] negative  // of the codes a cycle ago
);
  logic [M*B-1:0] shadow, active;

  always_ff @(posedge clock) begin
    for (int m = 0; m < M; m++) if (load[m]) shadow[m*B+:B] <= rows[m*B+:B];
    if (copy) active <= shadow;
    negative <= COUNT_BITS'($countones(plane0 & active)) + (COUNT_BITS'($countones(plane1 & active)) << 1);
  end
endmodule
