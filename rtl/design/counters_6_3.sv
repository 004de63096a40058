// WIDTH counters: how many bits are 1 at the same place of six words. Each bit of a count is one function of six inputs.
module counters_6_3 #(
    parameter WIDTH = 1
) (
    input  logic [6*WIDTH-1:0] in,
    output logic [  WIDTH-1:0] ones,
    output logic [  WIDTH-1:0] twos,
    output logic [  WIDTH-1:0] fours
);
  logic [WIDTH-1:0] a, b, c, d, e, f, low, high, low_twos, high_twos, carry;
  assign {f, e, d, c, b, a} = in;
  assign low = a ^ b ^ c;
  assign high = d ^ e ^ f;
  assign low_twos = (a & b) | (c & (a | b));
  assign high_twos = (d & e) | (f & (d | e));
  assign carry = low & high;
  assign ones = low ^ high;
  assign twos = low_twos ^ high_twos ^ carry;
  assign fours = (low_twos & high_twos) | (carry & (low_twos | high_twos));
endmodule
