// M arrays of B x B: sum over lanes and channels of sign x code, for B output channels. The step of cycle s: `read` in
// s; words of A in s + 1; masked codes in s + 2; counts of bits in s + 3; sums in s + PIPELINE. Weight bit 1 is -1: sum
// = positive - 2 negative, where `positive` is the sum of all codes.
module multiplier_array #(
    parameter B = 64,
    parameter M = 3,
    parameter PIPELINE = 8
) (
    input  logic             clock,
    input  logic             reset,
    // Weights: row `row` of the pane is `w_data`, M rows of B bits; rows of a matrix follow each other.
    input  logic             load,
    input  logic [      7:0] row,
    input  logic [  M*B-1:0] w_data,
    input  logic             start,    // the shadow pane becomes active for the step of this cycle
    // Codes: a word is B bits of plane 0, then B bits of plane 1. Lanes that were not read count as code 0.
    input  logic [    M-1:0] read,
    input  logic [M*2*B-1:0] a_data,
    output logic [ B*16-1:0] sums
);
  localparam COUNT_BITS = $clog2(3 * M * B + 1);
  localparam SPARE_CYCLES = PIPELINE - 4;

  logic copy;
  logic [M-1:0] valid;
  logic [M*B-1:0] plane0, plane1;
  logic [COUNT_BITS-1:0] positive;
  logic [(B+1)*COUNT_BITS-1:0] counts, late_counts;
  logic [B*COUNT_BITS-1:0] negatives;

  always_ff @(posedge clock) begin
    copy <= start;
    valid <= read;
    for (int m = 0; m < M; m++) begin
      plane0[m*B+:B] <= valid[m] ? a_data[2*m*B+:B] : '0;
      plane1[m*B+:B] <= valid[m] ? a_data[(2*m+1)*B+:B] : '0;
    end
    positive <= COUNT_BITS'($countones(plane0)) + (COUNT_BITS'($countones(plane1)) << 1);
  end

  // Row q of the pane, in the order of memory, is row q % B of matrix q / B.
  generate
    for (genvar o = 0; o < B; o++) begin : g_channel
      logic [M-1:0] load_rows;
      logic [M*B-1:0] rows;
      for (genvar m = 0; m < M; m++) begin : g_matrix
        assign load_rows[m] = load && row == 8'((m * B + o) / M);
        assign rows[m*B+:B] = w_data[((m*B+o)%M)*B+:B];
      end
      array_channel #(.B(B), .M(M), .COUNT_BITS(COUNT_BITS)) channel (
          .clock(clock), .load(load_rows), .rows(rows), .copy(copy), .plane0(plane0), .plane1(plane1),
          .negative(negatives[o*COUNT_BITS+:COUNT_BITS]));
    end
  endgenerate

  assign counts = {positive, negatives};
  delay_line #(.WIDTH((B + 1) * COUNT_BITS), .CYCLES(SPARE_CYCLES)) spare (
      .clock(clock), .reset(reset), .in(counts), .out(late_counts));

  generate
    for (genvar o = 0; o < B; o++) begin : g_sum
      always_ff @(posedge clock)
        sums[16*o+:16] <= 16'(late_counts[B*COUNT_BITS+:COUNT_BITS]) -
            (16'(late_counts[o*COUNT_BITS+:COUNT_BITS]) << 1);
    end
  endgenerate
endmodule
