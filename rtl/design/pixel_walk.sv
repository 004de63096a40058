// When the quantization unit takes an instruction, which pixel it reads and when it is finished. Taken in T: pixels
// from T + ISSUE on, one per cycle. The next one is taken in the cycle after the last pixel or later. Finished PIPELINE
// + 1 cycles after that of the last pixel.
module pixel_walk #(
    parameter PIPELINE = 6,
    parameter ISSUE = 2
) (
    input  logic         clock,
    input  logic         reset,
    input  logic         offered,      // an instruction and its credits are there
    output logic         take,
    input  logic [511:0] head,
    output logic         read,         // a pixel
    output logic         first,        // of the tile
    output logic [ 15:0] accumulator,  // addresses of its words in F, R, S, A; entry of Q
    output logic [ 15:0] residual,
    output logic [ 15:0] result,
    output logic [ 15:0] code,
    output logic [ 15:0] threshold,
    output logic         add_residual,
    output logic         emit_codes,
    output logic         emit_sums,
    output logic         finish,
    output logic [ 18:0] posts,        // 0 when nothing finishes
    output logic         done_last
);
  generate
    if (PIPELINE < 2) begin : g_check_pipeline
      $error("PIPELINE must be at least 2");
    end
    if (ISSUE < 1) begin : g_check_issue
      $error("ISSUE must be at least 1");
    end
  endgenerate

  localparam COUNT_BITS = $clog2(ISSUE + 1);

  logic active, is_last, last_x, last_pixel;
  logic [COUNT_BITS-1:0] issue;
  logic [15:0] rows, columns, row_stride, line, x, y;
  logic [18:0] held_posts;

  assign take = !active && offered;
  assign read = active && issue == 0;
  assign first = x == 0 && y == 0;
  assign last_x = x + 16'd1 == columns;
  assign last_pixel = read && last_x && y + 16'd1 == rows;

  always_ff @(posedge clock) begin
    if (take) issue <= COUNT_BITS'(ISSUE - 1);
    else if (issue != 0) issue <= issue - 1'b1;
    if (reset) active <= 1'b0;
    else active <= take || (active && !last_pixel);
  end

  always_ff @(posedge clock) begin
    if (take) begin
      {columns, rows, accumulator} <= head[224+:48];
      {result, residual, threshold} <= head[272+:48];
      {row_stride, code} <= head[320+:32];
      line <= head[320+:16];
      {emit_sums, emit_codes, add_residual} <= head[352+:3];
      {is_last, held_posts} <= {head[19], head[128+:19]};
      {x, y} <= '0;
    end else if (read) begin
      accumulator <= accumulator + 16'd1;
      residual <= residual + 16'd1;
      result <= result + 16'd1;
      x <= last_x ? 16'd0 : x + 16'd1;
      if (last_x) begin
        y <= y + 16'd1;
        line <= line + row_stride;
      end
      code <= last_x ? line + row_stride : code + 16'd1;
    end
  end

  // Instructions overlap in the pipeline: what to post runs along with the last pixel.
  logic [18:0] late_posts;
  logic late_last;
  delay_line #(.WIDTH(1), .CYCLES(PIPELINE + 1), .CLEAR(1)) finishes (
      .clock(clock), .reset(reset), .in(last_pixel), .out(finish));
  delay_line #(.WIDTH(20), .CYCLES(PIPELINE + 1)) held (
      .clock(clock), .reset(reset), .in({is_last, held_posts}), .out({late_last, late_posts}));
  assign posts = finish ? late_posts : 19'd0;
  assign done_last = finish && late_last;
endmodule
