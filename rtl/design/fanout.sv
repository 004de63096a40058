// COPIES registers of the same signal, so that none drives many loads; with CYCLES = 0 wires. Its hierarchy is kept: what copies
// the same is otherwise merged again.
(* keep_hierarchy *)
module fanout #(
    parameter WIDTH = 1,
    parameter COPIES = 1,
    parameter CYCLES = 1  // 0 or 1
) (
    input  logic                    clock,
    input  logic [       WIDTH-1:0] in,
    output logic [COPIES*WIDTH-1:0] out
);
  generate
    if (CYCLES == 0) begin : g_wires
      assign out = {COPIES{in}};
    end else begin : g_registers
      (* keep *) logic [COPIES*WIDTH-1:0] copies;
      always_ff @(posedge clock) copies <= {COPIES{in}};
      assign out = copies;
    end
  endgenerate
endmodule
