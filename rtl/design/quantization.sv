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
  logic [511:0] head;
  logic valid, enough, take, first, add_residual, emit_codes, emit_sums;
  logic [6*11-1:0] counts;
  logic [15:0] code, result;

  instruction_queue #(.DEPTH(QUEUE_DEPTH)) queue (
      .clock(clock), .reset(reset), .push_count(push_count), .push_data(push_data), .pop(take), .valid(valid),
      .head(head), .consumed(consumed));
  waits #(.COUNT(6), .SEMAPHORES({5'd16, 5'd13, 5'd11, 5'd9, 5'd5, 5'd3})) all_waits (
      .fields(head[32+:96]), .credits(credits), .counts(counts), .enough(enough));
  assign takes = take ? counts : '0;

  pixel_walk #(.PIPELINE(PIPELINE), .ISSUE(ISSUE)) walk (
      .clock(clock), .reset(reset), .offered(valid && enough), .take(take), .head(head), .read(f_read), .first(first),
      .accumulator(f_address), .residual(r_address), .result(result), .code(code), .threshold(q_address),
      .add_residual(add_residual), .emit_codes(emit_codes), .emit_sums(emit_sums), .finish(finished), .posts(posts),
      .done_last(done_last));
  assign r_read = f_read && add_residual;
  assign q_read = f_read && first && emit_codes;

  // A cycle after the read: residual add. The thresholds stay for the tile.
  logic add, new_thresholds;
  logic [B*16-1:0] values;
  logic [B*52-1:0] entries;
  logic [2*B-1:0] codes;
  always_ff @(posedge clock) begin
    add <= add_residual;
    new_thresholds <= q_read;
  end

  generate
    for (genvar i = 0; i < B; i++) begin : g_channel
      logic [15:0] sum;
      logic [1:0] level;
      assign sum = f_data[16*i+:16] + r_data[16*i+:16];
      always_ff @(posedge clock) begin
        values[16*i+:16] <= add ? 16'($signed(sum[ACCUMULATOR_BITS-1:0])) : f_data[16*i+:16];
        if (new_thresholds) entries[52*i+:52] <= q_data[64*i+:52];
      end
      quantization_channel channel (.value(values[16*i+:16]), .entry(entries[52*i+:52]), .code(level));
      assign codes[i] = level[0];
      assign codes[B+i] = level[1];
    end
  endgenerate

  delay_line #(.WIDTH(18 * B), .CYCLES(PIPELINE - 2)) words (
      .clock(clock), .reset(reset), .in({values, codes}), .out({s_data, a_data}));
  delay_line #(.WIDTH(32), .CYCLES(PIPELINE)) addresses (
      .clock(clock), .reset(reset), .in({result, code}), .out({s_address, a_address}));
  delay_line #(.WIDTH(2), .CYCLES(PIPELINE), .CLEAR(1)) writes (
      .clock(clock), .reset(reset), .in({f_read && emit_sums, f_read && emit_codes}), .out({s_write, a_write}));
endmodule
