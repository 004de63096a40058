// What an instruction takes from the COUNT semaphores whose numbers are in SEMAPHORES, the first in the lowest bits,
// and whether all of it is there. An instruction names a semaphore once at most; unused waits are 0.
module waits #(
    parameter COUNT = 1,
    parameter [COUNT*5-1:0] SEMAPHORES = 0
) (
    input  logic [        95:0] fields,   // words 1 to 3 of an instruction
    input  logic [COUNT*16-1:0] credits,
    output logic [COUNT*11-1:0] counts,
    output logic                enough
);
  logic [COUNT-1:0] is_enough;
  assign enough = &is_enough;

  generate
    for (genvar s = 0; s < COUNT; s++) begin : g_semaphore
      logic [10:0] named;
      always_comb begin
        named = '0;
        for (int w = 0; w < 6; w++)
          if (fields[16*w+:5] == SEMAPHORES[5*s+:5]) named = named | fields[16*w+5+:11];
      end
      assign counts[11*s+:11] = named;
      assign is_enough[s] = credits[16*s+:16] >= 16'(named);
    end
  endgenerate
endmodule
