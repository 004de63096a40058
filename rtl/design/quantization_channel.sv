// The code of one channel: how many of three thresholds the value passes, CYCLES later.
module quantization_channel #(
    parameter CYCLES = 4
) (
    input  logic        clock,
    input  logic        load,   // of an entry, for the values from the next cycle on
    input  logic [51:0] entry,  // three signed 17-bit thresholds; direction, 0: value >= threshold, 1: value <=
    input  logic [15:0] value,
    output logic [ 1:0] code
);
  // With all bits inverted <= becomes >=.
  logic inverted;
  logic [50:0] thresholds;
  logic signed [16:0] compared;
  logic [2:0] passes, passed;
  logic [1:0] count;

  always_ff @(posedge clock) if (load) {inverted, thresholds} <= {entry[51], entry[50:0] ^ {51{entry[51]}}};

  assign compared = {value[15], value} ^ {17{inverted}};
  always_comb for (int i = 0; i < 3; i++) passes[i] = compared >= $signed(thresholds[17*i+:17]);
  delay_line #(.WIDTH(3), .CYCLES(CYCLES > 0 ? 1 : 0)) comparisons (
      .clock(clock), .reset(1'b0), .in(passes), .out(passed));
  assign count = 2'(passed[0]) + 2'(passed[1]) + 2'(passed[2]);
  delay_line #(.WIDTH(2), .CYCLES(CYCLES > 0 ? CYCLES - 1 : 0)) counts (
      .clock(clock), .reset(1'b0), .in(count), .out(code));
endmodule
