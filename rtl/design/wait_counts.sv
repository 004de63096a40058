// What an instruction takes from the COUNT semaphores whose numbers are in SEMAPHORES, the first in the lowest bits. An
// instruction names a semaphore once at most; unused waits are 0.
module wait_counts #(
    parameter COUNT = 1,
    parameter [COUNT*5-1:0] SEMAPHORES = 0
) (
    input  logic [        95:0] fields,  // words 1 to 3 of an instruction
    output logic [COUNT*11-1:0] counts
);
  always_comb begin
    counts = '0;
    for (int s = 0; s < COUNT; s++)
      for (int w = 0; w < 6; w++)
        if (fields[16*w+:5] == SEMAPHORES[5*s+:5]) counts[11*s+:11] = counts[11*s+:11] | fields[16*w+5+:11];
  end
endmodule
