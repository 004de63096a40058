// A register if IS_REGISTER, otherwise a wire.
module stage #(
    parameter WIDTH = 1,
    parameter IS_REGISTER = 1
) (
    input  logic             clock,
    input  logic [WIDTH-1:0] in,
    output logic [WIDTH-1:0] out
);
  generate
    if (IS_REGISTER != 0) begin : g_register
      always_ff @(posedge clock) out <= in;
    end else begin : g_wire
      assign out = in;
    end
  endgenerate
endmodule
