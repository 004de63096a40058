// The loop of US 12,242,950: A -> convolution -> F -> quantization -> A, with its memories, queues and semaphores. What
// load and store engines would do comes from outside: instructions, posts and takes of the semaphores whose other end
// is an engine, words to A, W, Q, R and words from A and S. A has one write port: codes go first, and a word from
// outside is written in a cycle in which `load_a_ready` is 1.
module compute_loop #(
    parameter B = 64,
    parameter M = 3,
    parameter BANKS = 4,
    parameter PIPELINE = 8,
    parameter ISSUE = 2,
    parameter QUANTIZATION_PIPELINE = 6,
    parameter QUANTIZATION_ISSUE = 2,
    parameter ACCUMULATOR_BITS = 16,
    parameter QUEUE_DEPTH = 16,
    parameter SEMAPHORE_CYCLES = 1,
    parameter A_WORDS = 4096,
    parameter W_WORDS = 1024,
    parameter Q_WORDS = 32,
    parameter F_WORDS = 2048,
    parameter R_WORDS = 1024,
    parameter S_WORDS = 1024
) (
    input  logic             clock,
    input  logic             reset,
    // Instructions.
    input  logic [      2:0] convolution_push_count,
    input  logic [4*512-1:0] convolution_push_data,
    output logic             convolution_consumed,
    output logic             convolution_finished,
    output logic             convolution_done_last,
    output logic             convolution_busy,
    input  logic [      2:0] quantization_push_count,
    input  logic [4*512-1:0] quantization_push_data,
    output logic             quantization_consumed,
    output logic             quantization_finished,
    output logic             quantization_done_last,
    // Semaphores. Numbers as in models/accelerator/isa/instruction.h; `initial_credits` are taken over while reset is 1.
    input  logic [19*16-1:0] initial_credits,
    input  logic [     18:0] outside_posts,
    input  logic [19*11-1:0] outside_takes,
    output logic [19*16-1:0] credits,
    output logic [     18:0] posts,         // of the two units
    // Words from load engines.
    input  logic             load_a,
    output logic             load_a_ready,
    input  logic             load_w,
    input  logic             load_q,
    input  logic             load_r,
    input  logic [     15:0] load_address,
    input  logic [ B*64-1:0] load_data,
    // Words to the store engine, a cycle after the read.
    input  logic             store_read_a,
    input  logic             store_read_s,
    input  logic [     15:0] store_address,
    output logic [  2*B-1:0] store_a_data,
    output logic [ B*16-1:0] store_s_data,
    // What the units do at the ports of the memories, to be seen by a recorder.
    output logic [   BANKS-1:0] a_read,
    output logic [BANKS*16-1:0] a_read_address,
    output logic             w_read,
    output logic [     15:0] w_read_address,
    output logic             f_read,
    output logic [     15:0] f_read_address,
    output logic             f_write,
    output logic [     15:0] f_write_address,
    output logic [ B*16-1:0] f_write_data,
    output logic             quantization_f_read,
    output logic [     15:0] quantization_f_read_address,
    output logic             r_read,
    output logic [     15:0] r_read_address,
    output logic             q_read,
    output logic [     15:0] q_read_address,
    output logic             a_write,
    output logic [     15:0] a_write_address,
    output logic [  2*B-1:0] a_write_data,
    output logic             s_write,
    output logic [     15:0] s_write_address,
    output logic [ B*16-1:0] s_write_data
);
  logic [BANKS*2*B-1:0] a_data;
  logic [M*B-1:0] w_data;
  logic [B*16-1:0] f_data, quantization_f_data, r_data;
  logic [B*64-1:0] q_data;
  logic [4*11-1:0] convolution_takes;
  logic [6*11-1:0] quantization_takes;
  logic [18:0] convolution_posts, quantization_posts;

  convolution #(
      .B(B), .M(M), .BANKS(BANKS), .PIPELINE(PIPELINE), .ISSUE(ISSUE), .ACCUMULATOR_BITS(ACCUMULATOR_BITS),
      .QUEUE_DEPTH(QUEUE_DEPTH)
  ) convolution_unit (
      .clock(clock), .reset(reset), .push_count(convolution_push_count), .push_data(convolution_push_data),
      .consumed(convolution_consumed), .finished(convolution_finished), .done_last(convolution_done_last),
      .busy(convolution_busy), .credits({credits[16*12+:16], credits[16*7+:16], credits[16*2+:16], credits[16*0+:16]}),
      .takes(convolution_takes), .posts(convolution_posts), .a_read(a_read), .a_address(a_read_address),
      .a_data(a_data), .w_read(w_read), .w_address(w_read_address), .w_data(w_data), .f_read(f_read),
      .f_read_address(f_read_address), .f_read_data(f_data), .f_write(f_write), .f_write_address(f_write_address),
      .f_write_data(f_write_data));

  quantization #(
      .B(B), .PIPELINE(QUANTIZATION_PIPELINE), .ISSUE(QUANTIZATION_ISSUE), .ACCUMULATOR_BITS(ACCUMULATOR_BITS),
      .QUEUE_DEPTH(QUEUE_DEPTH)
  ) quantization_unit (
      .clock(clock), .reset(reset), .push_count(quantization_push_count), .push_data(quantization_push_data),
      .consumed(quantization_consumed), .finished(quantization_finished), .done_last(quantization_done_last),
      .credits({credits[16*16+:16], credits[16*13+:16], credits[16*11+:16], credits[16*9+:16], credits[16*5+:16],
                credits[16*3+:16]}),
      .takes(quantization_takes), .posts(quantization_posts), .f_read(quantization_f_read),
      .f_address(quantization_f_read_address), .f_data(quantization_f_data), .r_read(r_read),
      .r_address(r_read_address), .r_data(r_data), .q_read(q_read), .q_address(q_read_address), .q_data(q_data),
      .a_write(a_write), .a_address(a_write_address), .a_data(a_write_data), .s_write(s_write),
      .s_address(s_write_address), .s_data(s_write_data));

  // Semaphores.
  logic [19*11-1:0] takes;
  logic [18:0] all_posts;
  assign posts = convolution_posts | quantization_posts;
  assign all_posts = posts | outside_posts;
  always_comb begin
    takes = outside_takes;
    takes[11*0+:11] = convolution_takes[11*0+:11];
    takes[11*2+:11] = convolution_takes[11*1+:11];
    takes[11*7+:11] = convolution_takes[11*2+:11];
    takes[11*12+:11] = convolution_takes[11*3+:11];
    takes[11*3+:11] = quantization_takes[11*0+:11];
    takes[11*5+:11] = quantization_takes[11*1+:11];
    takes[11*9+:11] = quantization_takes[11*2+:11];
    takes[11*11+:11] = quantization_takes[11*3+:11];
    takes[11*13+:11] = quantization_takes[11*4+:11];
    takes[11*16+:11] = quantization_takes[11*5+:11];
  end
  generate
    for (genvar s = 0; s < 19; s++) begin : g_semaphore
      counting_semaphore #(.LATENCY(SEMAPHORE_CYCLES)) counter (
          .clock(clock), .reset(reset), .initial_credits(initial_credits[16*s+:16]), .post(all_posts[s]),
          .take(takes[11*s+:11]), .credits(credits[16*s+:16]));
    end
  endgenerate

  // A has banks for the arrays and a copy for the store engine, F one for each reader.
  logic write_a;
  logic [15:0] write_a_address;
  logic [2*B-1:0] write_a_data;
  assign load_a_ready = !a_write;
  assign write_a = a_write || load_a;
  assign write_a_address = a_write ? a_write_address : load_address;
  assign write_a_data = a_write ? a_write_data : load_data[2*B-1:0];
  generate
    for (genvar k = 0; k < BANKS; k++) begin : g_bank
      memory #(.WIDTH(2 * B), .WORDS(A_WORDS / BANKS)) activations (
          .clock(clock), .read(a_read[k]), .read_address(a_read_address[16*k+:16] / 16'(BANKS)),
          .read_data(a_data[2*B*k+:2*B]), .write(write_a && (write_a_address & 16'(BANKS - 1)) == 16'(k)),
          .write_address(write_a_address / 16'(BANKS)), .write_data(write_a_data));
    end
  endgenerate
  memory #(.WIDTH(2 * B), .WORDS(A_WORDS)) stored_activations (
      .clock(clock), .read(store_read_a), .read_address(store_address), .read_data(store_a_data), .write(write_a),
      .write_address(write_a_address), .write_data(write_a_data));
  memory #(.WIDTH(M * B), .WORDS(W_WORDS)) weights (
      .clock(clock), .read(w_read), .read_address(w_read_address), .read_data(w_data), .write(load_w),
      .write_address(load_address), .write_data(load_data[M*B-1:0]));
  memory #(.WIDTH(B * 64), .WORDS(Q_WORDS)) thresholds (
      .clock(clock), .read(q_read), .read_address(q_read_address), .read_data(q_data), .write(load_q),
      .write_address(load_address), .write_data(load_data));
  memory #(.WIDTH(B * 16), .WORDS(F_WORDS)) accumulators (
      .clock(clock), .read(f_read), .read_address(f_read_address), .read_data(f_data), .write(f_write),
      .write_address(f_write_address), .write_data(f_write_data));
  memory #(.WIDTH(B * 16), .WORDS(F_WORDS)) quantized_accumulators (
      .clock(clock), .read(quantization_f_read), .read_address(quantization_f_read_address),
      .read_data(quantization_f_data), .write(f_write), .write_address(f_write_address), .write_data(f_write_data));
  memory #(.WIDTH(B * 16), .WORDS(R_WORDS)) residuals (
      .clock(clock), .read(r_read), .read_address(r_read_address), .read_data(r_data), .write(load_r),
      .write_address(load_address), .write_data(load_data[B*16-1:0]));
  memory #(.WIDTH(B * 16), .WORDS(S_WORDS)) results (
      .clock(clock), .read(store_read_s), .read_address(store_address), .read_data(store_s_data), .write(s_write),
      .write_address(s_write_address), .write_data(s_write_data));
endmodule
