// A counting semaphore (`semaphore` itself names a class of the language). A credit posted in cycle T can be taken from
// T + LATENCY on.
module counting_semaphore #(
    parameter LATENCY = 1
) (
    input  logic        clock,
    input  logic        reset,    // takes `initial_credits`
    input  logic [15:0] initial_credits,
    input  logic        post,     // one credit
    input  logic [10:0] take,     // so many credits; not more than there are
    output logic [15:0] credits   // that can be taken in this cycle
);
  generate
    if (LATENCY < 1) begin : g_check
      $error("LATENCY must be at least 1");
    end
  endgenerate

  logic arrived;
  delay_line #(.WIDTH(1), .CYCLES(LATENCY - 1), .CLEAR(1)) under_way (
      .clock(clock), .reset(reset), .in(post), .out(arrived));

  always_ff @(posedge clock) begin
    if (reset) credits <= initial_credits;
    else credits <= credits + 16'(arrived) - 16'(take);
  end
endmodule
