// One output channel of the M arrays: its M rows of B sign bits, shadow and active, and the sum of its sign x code.
module array_channel #(
    parameter B = 64,
    parameter M = 3,
    parameter COUNT_BITS = 10,
    parameter STAGES = 5
) (
    input  logic                  clock,
    input  logic [         M-1:0] load,      // of the shadow rows
    input  logic [       M*B-1:0] rows,
    input  logic                  copy,      // the shadow rows become active
    input  logic [       M*B-1:0] plane0,    // bit 0 of each channel's code
    input  logic [       M*B-1:0] plane1,    // bit 1
    input  logic [COUNT_BITS-1:0] positive,  // the sum of all codes of STAGES - 1 cycles ago
    output logic [          15:0] sum        // of the codes of STAGES cycles ago
);
  /* verilator no_inline_module */
  logic [M*B-1:0] shadow, active;
  logic [COUNT_BITS-1:0] negative;

  always_ff @(posedge clock) begin
    for (int m = 0; m < M; m++) if (load[m]) shadow[m*B+:B] <= rows[m*B+:B];
    if (copy) active <= shadow;
    sum <= 16'(positive) - (16'(negative) << 1);
  end

  product_count #(.PRODUCTS(M * B), .COUNT_BITS(COUNT_BITS), .STAGES(STAGES)) negatives (
      .clock(clock), .plane0(plane0), .plane1(plane1), .signs(active), .count(negative));
endmodule
