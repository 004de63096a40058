// Convolution unit: M arrays of B x B binary weights x 2-bit codes. models/accelerator/convolution/README.md, lane mapping
// kernel_columns, one core, a pane loads in B cycles. Semaphores it waits for, in the order of `credits`: 0, 2, 7, 12.
module convolution #(
    parameter B = 64,
    parameter M = 3,
    parameter PIPELINE = 8,
    parameter ISSUE = 2,
    parameter ACCUMULATOR_BITS = 16,
    parameter QUEUE_DEPTH = 16
) (
    input  logic             clock,
    input  logic             reset,
    // Instructions.
    input  logic [      2:0] push_count,
    input  logic [4*512-1:0] push_data,
    output logic             consumed,    // in the cycle in which the array takes the head of the queue
    output logic             finished,
    output logic             done_last,   // the last instruction of the stream is finished
    output logic             busy,        // the arrays work on a pixel
    // Semaphores: what can be taken in this cycle, what is taken, and one credit for each bit of `posts`.
    input  logic [ 4*16-1:0] credits,
    output logic [ 4*11-1:0] takes,
    output logic [     18:0] posts,
    // Memories; data follow a read by one cycle.
    output logic [    M-1:0] a_read,
    output logic [ M*16-1:0] a_address,
    input  logic [M*2*B-1:0] a_data,
    output logic             w_read,
    output logic [     15:0] w_address,
    input  logic [  M*B-1:0] w_data,
    output logic             f_read,
    output logic [     15:0] f_read_address,
    input  logic [ B*16-1:0] f_read_data,
    output logic             f_write,
    output logic [     15:0] f_write_address,
    output logic [ B*16-1:0] f_write_data
);
  logic [511:0] head, held, weights_of;
  logic valid, offered, take, shadow_ready, start, step, last_step, pane_done, first_pane, last_pane;
  logic for_active, weights_enough, take_weights, arriving, enough;
  logic [7:0] arriving_row;
  logic [M-1:0] is_inside;
  logic [15:0] accumulator;
  logic [3*11-1:0] counts;
  logic [10:0] weight_count;
  logic [B*16-1:0] sums;
  assign busy = step;

  instruction_queue #(.DEPTH(QUEUE_DEPTH)) queue (
      .clock(clock), .reset(reset), .push_count(push_count), .push_data(push_data), .pop(take), .valid(valid),
      .head(head), .consumed(consumed));
  always_ff @(posedge clock) if (take) held <= head;

  waits #(.COUNT(3), .SEMAPHORES({5'd12, 5'd2, 5'd0})) array_waits (
      .fields(head[32+:96]), .credits({credits[48+:16], credits[16+:16], credits[0+:16]}), .counts(counts),
      .enough(enough));
  assign offered = valid && enough;
  assign weights_of = for_active ? held : head;
  waits #(.COUNT(1), .SEMAPHORES(5'd7)) weight_waits (
      .fields(weights_of[32+:96]), .credits(credits[32+:16]), .counts(weight_count), .enough(weights_enough));
  assign takes[0+:11] = take ? counts[0+:11] : '0;
  assign takes[11+:11] = take ? counts[11+:11] : '0;
  assign takes[22+:11] = take_weights ? weight_count : '0;
  assign takes[33+:11] = take ? counts[22+:11] : '0;

  weight_loader #(.B(B), .M(M)) loader (
      .clock(clock), .reset(reset), .for_active(for_active), .head_valid(valid), .kernel(weights_of[400+:8]),
      .in_blocks(weights_of[320+:16]), .weight_address(weights_of[368+:16]), .enough(weights_enough),
      .take(take_weights), .head_taken(take), .sweep_start(start), .shadow_ready(shadow_ready), .w_read(w_read),
      .w_address(w_address), .arriving(arriving), .arriving_row(arriving_row));

  sweep_control #(.PIPELINE(PIPELINE), .ISSUE(ISSUE)) control (
      .clock(clock), .reset(reset), .offered(offered), .take(take), .shadow_ready(shadow_ready), .start(start),
      .step(step), .last_step(last_step), .pane_done(pane_done), .last_pane(last_pane), .active_posts(held[128+:19]),
      .active_last(held[19]), .finish(finished), .posts(posts), .done_last(done_last));

  tap_addresses #(.M(M)) taps (
      .clock(clock), .reset(reset), .load(take), .operands(head[224+:193]), .step(step), .pane_done(pane_done),
      .is_inside(is_inside), .address(a_address), .last_step(last_step), .first_pane(first_pane), .last_pane(last_pane),
      .accumulator(accumulator));
  assign a_read = step ? is_inside : '0;

  multiplier_array #(.B(B), .M(M), .PIPELINE(PIPELINE)) array (
      .clock(clock), .reset(reset), .load(arriving), .row(arriving_row), .w_data(w_data), .start(start),
      .read(a_read), .a_data(a_data), .sums(sums));

  accumulate #(.B(B), .PIPELINE(PIPELINE), .ACCUMULATOR_BITS(ACCUMULATOR_BITS)) accumulators (
      .clock(clock), .reset(reset), .step(step), .overwrite(first_pane && !held[416]), .address(accumulator),
      .sums(sums), .f_read(f_read), .f_read_address(f_read_address), .f_read_data(f_read_data), .f_write(f_write),
      .f_write_address(f_write_address), .f_write_data(f_write_data));
endmodule
