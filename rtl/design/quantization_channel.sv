// The code of one channel: how many of three thresholds the value passes.
module quantization_channel (
    input  logic [15:0] value,
    input  logic [51:0] entry,  // three signed 17-bit thresholds; direction, 0: value >= threshold, 1: value <=
    output logic [ 1:0] code
);
  logic signed [16:0] extended;
  logic [2:0] passed;

  assign extended = {value[15], value};
  always_comb begin
    for (int i = 0; i < 3; i++)
      passed[i] = entry[51] ? extended <= $signed(entry[17*i+:17]) : extended >= $signed(entry[17*i+:17]);
    code = {1'b0, passed[0]} + {1'b0, passed[1]} + {1'b0, passed[2]};
  end
endmodule
