// Convolution unit: M arrays of B x B binary weights x 2-bit codes. models/accelerator/convolution/README.md, lane mapping
// kernel_columns, one core, a pane loads in B cycles. Semaphores it waits for, in the order of `credits`: 0, 2, 7, 12.
module convolution #(
    parameter B = 64,
    parameter M = 3,
    parameter BANKS = 4,
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
    output logic [    BANKS-1:0] a_read,     // A has BANKS banks by the lowest bits of the address
    output logic [ BANKS*16-1:0] a_address,
    input  logic [BANKS*2*B-1:0] a_data,
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
  generate
    if ((BANKS & (BANKS - 1)) != 0) begin : g_check_banks
      $error("BANKS must be a power of two");
    end
    // With one pixel a sum is read for the next pane when the first step of that needs no word, before it is written.
    if ((M + BANKS - 1) / BANKS >= PIPELINE) begin : g_check_reads
      $error("M pixels of BANKS banks must be read in less than PIPELINE cycles");
    end
  endgenerate

  localparam SELECT = BANKS > 1 ? $clog2(BANKS) : 1;
  logic [511:0] head, incoming;
  logic replaced, valid, offered, take, shadow_ready, start, fetch, step, last_step, pane_done, first_pane, last_pane;
  logic for_active, weights_enough, take_weights, enough;
  logic [7:0] w_row;
  logic hold;
  logic [M-1:0] lane_take, lane_shift;
  logic [M*SELECT-1:0] lane_bank;
  logic [M*B-1:0] plane0, plane1;
  logic [7:0] stride;
  logic [15:0] accumulator;
  logic [4*11-1:0] incoming_counts, counts;
  logic [B*16-1:0] sums;
  assign busy = step;

  instruction_queue #(.DEPTH(QUEUE_DEPTH)) queue (
      .clock(clock), .reset(reset), .push_count(push_count), .push_data(push_data), .pop(take), .valid(valid),
      .head(head), .replaced(replaced), .incoming(incoming), .consumed(consumed));
  wait_counts #(.COUNT(4), .SEMAPHORES({5'd12, 5'd7, 5'd2, 5'd0})) waits (
      .fields(incoming[32+:96]), .counts(incoming_counts));

  // What the array's instruction is needed for later.
  logic [18:0] held_posts;
  logic [7:0] held_kernel;
  logic [15:0] held_in_blocks, held_weight_address;
  logic [10:0] held_weights;
  logic held_last, held_accumulate;
  always_ff @(posedge clock) begin
    if (replaced) counts <= incoming_counts;
    if (take) begin
      {held_posts, held_last, held_accumulate} <= {head[128+:19], head[19], head[416]};
      {held_in_blocks, held_weight_address, held_kernel} <= {head[320+:16], head[368+:16], head[400+:8]};
      held_weights <= counts[22+:11];
    end
  end

  logic [10:0] weights;
  assign weights = for_active ? held_weights : counts[22+:11];
  credits_there #(.COUNT(3)) array_credits (
      .counts({counts[33+:11], counts[0+:22]}), .credits({credits[48+:16], credits[0+:32]}), .enough(enough));
  credits_there #(.COUNT(1)) weight_credits (.counts(weights), .credits(credits[32+:16]), .enough(weights_enough));
  assign offered = valid && enough;
  assign takes[0+:22] = take ? counts[0+:22] : '0;
  assign takes[22+:11] = take_weights ? weights : '0;
  assign takes[33+:11] = take ? counts[33+:11] : '0;

  weight_loader #(.B(B), .M(M)) loader (
      .clock(clock), .reset(reset), .for_active(for_active), .head_valid(valid), .kernel(for_active ? held_kernel : head[400+:8]),
      .in_blocks(for_active ? held_in_blocks : head[320+:16]),
      .weight_address(for_active ? held_weight_address : head[368+:16]), .enough(weights_enough),
      .take(take_weights), .head_taken(take), .sweep_start(start), .shadow_ready(shadow_ready), .w_read(w_read),
      .w_address(w_address), .w_row(w_row));

  sweep_control #(.PIPELINE(PIPELINE), .ISSUE(ISSUE)) control (
      .clock(clock), .reset(reset), .offered(offered), .take(take), .shadow_ready(shadow_ready), .start(start),
      .fetch(fetch), .step(step), .last_step(last_step), .pane_done(pane_done), .last_pane(last_pane), .active_posts(held_posts),
      .active_last(held_last), .finish(finished), .posts(posts), .done_last(done_last));

  tap_addresses #(.M(M), .BANKS(BANKS), .SELECT(SELECT)) taps (
      .clock(clock), .reset(reset), .load(take), .operands(head[224+:193]), .fetch(fetch), .pane_done(pane_done), .step(step),
      .a_read(a_read), .a_address(a_address), .take(lane_take), .bank(lane_bank), .hold(hold), .shift(lane_shift),
      .stride(stride), .last_step(last_step), .first_pane(first_pane), .last_pane(last_pane), .accumulator(accumulator));

  line_registers #(.B(B), .M(M), .BANKS(BANKS), .SELECT(SELECT)) pixels (
      .clock(clock), .take(lane_take), .bank(lane_bank), .hold(hold), .shift(lane_shift), .stride(stride), .a_data(a_data),
      .plane0(plane0), .plane1(plane1));

  multiplier_array #(.B(B), .M(M), .PIPELINE(PIPELINE)) array (
      .clock(clock), .load(w_read), .row(w_row), .w_data(w_data), .start(start),
      .plane0(plane0), .plane1(plane1), .sums(sums));

  accumulate #(.B(B), .PIPELINE(PIPELINE), .ACCUMULATOR_BITS(ACCUMULATOR_BITS)) accumulators (
      .clock(clock), .reset(reset), .step(step), .overwrite(first_pane && !held_accumulate), .address(accumulator),
      .sums(sums), .f_read(f_read), .f_read_address(f_read_address), .f_read_data(f_read_data), .f_write(f_write),
      .f_write_address(f_write_address), .f_write_data(f_write_data));
endmodule
