// `out` is `in` of CYCLES cycles ago. With CLEAR, reset empties the line.
module delay_line #(
    parameter WIDTH = 1,
    parameter CYCLES = 1,
    parameter CLEAR = 0
) (
    input  logic             clock,
    input  logic             reset,
    input  logic [WIDTH-1:0] in,
    output logic [WIDTH-1:0] out
);
  generate
    if (CYCLES == 0) begin : g_wire
      assign out = in;
    end else begin : g_stages
      logic [WIDTH*CYCLES-1:0] stages;
      logic [WIDTH*(CYCLES+1)-1:0] shifted;
      assign shifted = {stages, in};
      always_ff @(posedge clock) begin
        if (CLEAR != 0 && reset) stages <= '0;
        else stages <= shifted[WIDTH*CYCLES-1:0];
      end
      assign out = stages[WIDTH*(CYCLES-1)+:WIDTH];
    end
  endgenerate
endmodule
