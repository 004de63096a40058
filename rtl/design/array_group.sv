// Eight output channels, FIRST and the next, with registers of their own for all that comes to every channel. With SPREAD = 1 there is
// a register more between the array and each of them.
module array_group #(
    parameter B = 64,
    parameter M = 3,
    parameter FIRST = 0,
    parameter COUNT_BITS = 10,
    parameter STAGES = 5,
    parameter SPREAD = 1
) (
    input  logic                  clock,
    input  logic                  load,      // row `row` of the pane, the M rows of `w_data` in the next cycle
    input  logic [           7:0] row,
    input  logic [       M*B-1:0] w_data,
    input  logic                  start,     // the shadow pane becomes active
    input  logic [       M*B-1:0] plane0,    // in the second cycle after `start` for the first codes of that pane
    input  logic [       M*B-1:0] plane1,
    input  logic [COUNT_BITS-1:0] positive,
    output logic [      8*16-1:0] sums
);
  logic load_now, copy;
  logic [7:0] row_now, copies;
  logic [8*M-1:0] load_rows, loads;
  logic [M*B-1:0] words, codes0, codes1;
  logic [COUNT_BITS-1:0] positives;

  fanout #(.WIDTH(10)) arriving (.clock(clock), .in({start, load, row}), .out({copy, load_now, row_now}));
  fanout #(.CYCLES(SPREAD), .COPIES(8)) copying (.clock(clock), .in(copy), .out(copies));
  fanout #(.CYCLES(SPREAD), .WIDTH(8 * M)) loading (.clock(clock), .in(load_rows), .out(loads));
  fanout #(.CYCLES(SPREAD), .WIDTH(M * B)) weights (.clock(clock), .in(w_data), .out(words));
  fanout #(.CYCLES(SPREAD), .WIDTH(2 * M * B)) codes (.clock(clock), .in({plane1, plane0}), .out({codes1, codes0}));
  fanout #(.CYCLES(SPREAD), .WIDTH(COUNT_BITS)) all_codes (.clock(clock), .in(positive), .out(positives));

  // Row q of the pane, in the order of memory, is row q % B of matrix q / B.
  generate
    for (genvar i = 0; i < 8; i++) begin : g_channel
      logic [M*B-1:0] rows;
      for (genvar m = 0; m < M; m++) begin : g_matrix
        assign load_rows[i*M+m] = load_now && row_now == 8'((m * B + FIRST + i) / M);
        assign rows[m*B+:B] = words[((m*B+FIRST+i)%M)*B+:B];
      end
      array_channel #(.B(B), .M(M), .COUNT_BITS(COUNT_BITS), .STAGES(STAGES)) channel (
          .clock(clock), .load(loads[i*M+:M]), .rows(rows), .copy(copies[i]), .plane0(codes0), .plane1(codes1),
          .positive(positives), .sum(sums[16*i+:16]));
    end
  endgenerate
endmodule
