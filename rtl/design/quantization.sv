// Quantization unit: value = F (+ R), wrapped; thresholds; planes of codes to A, values to S.
// models/accelerator/quantization/README.md. The pixel read in cycle r: words at r + 1, value in r + 2, code and value written in
// r + PIPELINE. Semaphores it waits for, in the order of `credits`: 3, 5, 9, 11, 13, 16.
module quantization #(
    parameter B = 64,
    parameter PIPELINE = 6,
    parameter ISSUE = 2,
    parameter ACCUMULATOR_BITS = 16,
    parameter QUEUE_DEPTH = 16
) (
    input  logic             clock,
    input  logic             reset,
    // Instructions.
    input  logic [      2:0] push_count,
    input  logic [4*512-1:0] push_data,
    output logic             consumed,
    output logic             finished,
    output logic             done_last,
    // Semaphores: what can be taken in this cycle, what is taken, and one credit for each bit of `posts`.
    input  logic [ 6*16-1:0] credits,
    output logic [ 6*11-1:0] takes,
    output logic [     18:0] posts,
    // Memories; data follow a read by one cycle.
    output logic             f_read,
    output logic [     15:0] f_address,
    input  logic [ B*16-1:0] f_data,
    output logic             r_read,
    output logic [     15:0] r_address,
    input  logic [ B*16-1:0] r_data,
    output logic             q_read,
    output logic [     15:0] q_address,
    input  logic [ B*64-1:0] q_data,
    output logic             a_write,
    output logic [     15:0] a_address,
    output logic [  2*B-1:0] a_data,
    output logic             s_write,
    output logic [     15:0] s_address,
    output logic [ B*16-1:0] s_data
);
  logic [511:0] head, incoming;
  logic replaced, valid, enough, take, first, add_residual, emit_codes, emit_sums;
  logic [6*11-1:0] incoming_counts, counts;
  logic [15:0] code, result;

  instruction_queue #(.DEPTH(QUEUE_DEPTH)) queue (
      .clock(clock), .reset(reset), .push_count(push_count), .push_data(push_data), .pop(take), .valid(valid),
      .head(head), .replaced(replaced), .incoming(incoming), .consumed(consumed));
  wait_counts #(.COUNT(6), .SEMAPHORES({5'd16, 5'd13, 5'd11, 5'd9, 5'd5, 5'd3})) waits (
      .fields(incoming[32+:96]), .counts(incoming_counts));
  always_ff @(posedge clock) if (replaced) counts <= incoming_counts;
  credits_there #(.COUNT(6)) all_credits (.counts(counts), .credits(credits), .enough(enough));
  assign takes = take ? counts : '0;

  pixel_walk #(.PIPELINE(PIPELINE), .ISSUE(ISSUE)) walk (
      .clock(clock), .reset(reset), .offered(valid && enough), .take(take), .head(head), .read(f_read), .first(first),
      .accumulator(f_address), .residual(r_address), .result(result), .code(code), .threshold(q_address),
      .add_residual(add_residual), .emit_codes(emit_codes), .emit_sums(emit_sums), .finish(finished), .posts(posts),
      .done_last(done_last));
  assign r_read = f_read && add_residual;
  assign q_read = f_read && first && emit_codes;

  // A cycle after the read: residual add. The thresholds stay for the tile. Eight channels share a copy of what all need.
  logic [B/8-1:0] add, new_thresholds;
  logic [B*16-1:0] values;
  fanout #(.COPIES(B / 8)) adding (.clock(clock), .in(add_residual), .out(add));
  fanout #(.COPIES(B / 8)) loading (.clock(clock), .in(q_read), .out(new_thresholds));

  generate
    for (genvar i = 0; i < B; i++) begin : g_channel
      logic [15:0] sum;
      logic [1:0] level;
      assign sum = f_data[16*i+:16] + (add[i/8] ? r_data[16*i+:16] : 16'd0);
      always_ff @(posedge clock)
        values[16*i+:16] <= add[i/8] ? 16'($signed(sum[ACCUMULATOR_BITS-1:0])) : sum;
      quantization_channel #(.CYCLES(PIPELINE - 2)) channel (
          .clock(clock), .load(new_thresholds[i/8]), .entry(q_data[64*i+:52]), .value(values[16*i+:16]), .code(level));
      assign a_data[i] = level[0];
      assign a_data[B+i] = level[1];
    end
  endgenerate

  delay_line #(.WIDTH(16 * B), .CYCLES(PIPELINE - 2)) words (
      .clock(clock), .reset(reset), .in(values), .out(s_data));
  delay_line #(.WIDTH(32), .CYCLES(PIPELINE)) addresses (
      .clock(clock), .reset(reset), .in({result, code}), .out({s_address, a_address}));
  delay_line #(.WIDTH(2), .CYCLES(PIPELINE), .CLEAR(1)) writes (
      .clock(clock), .reset(reset), .in({f_read && emit_sums, f_read && emit_codes}), .out({s_write, a_write}));
endmodule
