// Whether each of COUNT semaphores has the credits that are wanted.
module credits_there #(
    parameter COUNT = 1
) (
    input  logic [COUNT*11-1:0] counts,
    input  logic [COUNT*16-1:0] credits,
    output logic                enough
);
  logic [COUNT-1:0] is_enough;
  always_comb for (int s = 0; s < COUNT; s++) is_enough[s] = credits[16*s+:16] >= 16'(counts[11*s+:11]);
  assign enough = &is_enough;
endmodule
