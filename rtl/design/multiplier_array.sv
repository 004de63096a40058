// M arrays of B x B: sum over lanes and channels of sign x code, for B output channels, in groups of eight. Weight bit 1 is -1: sum =
// positive - 2 negative, where `positive` is the sum of all codes. The step of cycle s: codes in s + 2, in each group in s + 2 + SPREAD;
// sums in s + PIPELINE. The shortest pipeline has no cycle for copies of the codes: the line registers drive all groups.
module multiplier_array #(
    parameter B = 64,
    parameter M = 3,
    parameter PIPELINE = 8
) (
    input  logic             clock,
    // Weights: row `row` of the pane is `w_data` in the next cycle, M rows of B bits; rows of a matrix follow each other.
    input  logic             load,
    input  logic [      7:0] row,
    input  logic [  M*B-1:0] w_data,
    input  logic             start,    // the shadow pane becomes active for the steps from this cycle on
    input  logic [  M*B-1:0] plane0,   // codes of the lanes
    input  logic [  M*B-1:0] plane1,
    output logic [ B*16-1:0] sums
);
  localparam COUNT_BITS = $clog2(3 * M * B + 1);
  localparam SPREAD = PIPELINE > 4 ? 1 : 0;
  localparam STAGES = PIPELINE - 2 - SPREAD;

  logic [COUNT_BITS-1:0] positive;

  product_count #(.PRODUCTS(M * B), .COUNT_BITS(COUNT_BITS), .STAGES(STAGES)) codes (
      .clock(clock), .plane0(plane0), .plane1(plane1), .signs('1), .count(positive));

  generate
    for (genvar g = 0; g < B / 8; g++) begin : g_group
      array_group #(.B(B), .M(M), .FIRST(8 * g), .COUNT_BITS(COUNT_BITS), .STAGES(STAGES), .SPREAD(SPREAD)) group (
          .clock(clock), .load(load), .row(row), .w_data(w_data), .start(start), .plane0(plane0), .plane1(plane1),
          .positive(positive), .sums(sums[128*g+:128]));
    end
  endgenerate
endmodule
