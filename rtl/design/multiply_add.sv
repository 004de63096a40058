// sum + a x b modulo 2^16, five cycles later: four bits of b in each cycle, in logic.
module multiply_add (
    input  logic        clock,
    input  logic [15:0] sum,
    input  logic [15:0] a,
    input  logic [15:0] b,
    output logic [15:0] out
);
  logic [15:0] sums[0:4], factors[0:3], rests[0:3];

  always_ff @(posedge clock) begin
    sums[0] <= sum;
    factors[0] <= a;
    rests[0] <= b;
    for (int i = 0; i < 4; i++) sums[i+1] <= sums[i] + factors[i] * 16'(rests[i][3:0]);
    for (int i = 0; i < 3; i++) begin
      factors[i+1] <= factors[i] << 4;
      rests[i+1] <= rests[i] >> 4;
    end
  end
  assign out = sums[4];
endmodule
