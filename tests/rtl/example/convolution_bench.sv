// A test bench as a design team would write it: the convolution unit gets one layer's stimulus from $readmemh files
// (`ernsim vectors`) and writes a trace through DPI for `ernsim compare`. No semaphore ever makes it wait, so it is faster than
// inside the accelerator: compare values or order.
//
// +vectors=DIR  +instructions=N  +trace=FILE  +selection=TEXT (the golden trace's, from the manifest)
module convolution_bench #(
    parameter B = 64,
    parameter M = 3,
    parameter BANKS = 4,
    parameter MOST_BEATS = 1 << 20
);
  import ernsim_trace_pkg::*;

  bit clock = 0;
  always #1 clock = ~clock;

  // Stimulus.
  logic [511:0] instructions[4096];
  logic [2*B-1:0] activations[MOST_BEATS];
  logic [31:0] activation_addresses[MOST_BEATS];
  logic [M*B-1:0] weights[MOST_BEATS];
  logic [B*16-1:0] accumulators[MOST_BEATS];
  logic [31:0] accumulator_addresses[MOST_BEATS];
  int instruction_count, pushed, taken, done, activation, weight, accumulator, errors;
  longint cycle;

  logic reset = 1;
  logic [2:0] push_count;
  logic [4*512-1:0] push_data;
  logic consumed, finished, done_last, w_read, f_read, f_write;
  logic [4*11-1:0] takes;
  logic [18:0] posts;
  logic [BANKS-1:0] a_read;
  logic [BANKS*16-1:0] a_address;
  logic [BANKS*2*B-1:0] a_data;
  logic [15:0] w_address, f_read_address, f_write_address;
  logic [M*B-1:0] w_data;
  logic [B*16-1:0] f_read_data, f_write_data;

  convolution #(.B(B), .M(M), .BANKS(BANKS)) unit (
      .clock(clock), .reset(reset), .push_count(push_count), .push_data(push_data), .consumed(consumed),
      .finished(finished), .done_last(done_last), .credits({4{16'hFFFF}}), .takes(takes), .posts(posts),
      .a_read(a_read), .a_address(a_address), .a_data(a_data), .w_read(w_read), .w_address(w_address), .w_data(w_data),
      .f_read(f_read), .f_read_address(f_read_address), .f_read_data(f_read_data), .f_write(f_write),
      .f_write_address(f_write_address), .f_write_data(f_write_data));

  // One instruction a cycle while the queue has room.
  assign push_count = (!reset && pushed < instruction_count && pushed - taken < 8) ? 3'd1 : 3'd0;
  assign push_data = {{3 * 512{1'b0}}, instructions[pushed[11:0]]};

  chandle trace;
  int activations_in, weights_in, accumulators_in, accumulators_out;

  function automatic void check(input int result);
    if (result < 0) begin
      $display("the trace could not be written");
      errors++;
    end
  endfunction

  initial begin
    string folder, file, selection;
    if (!$value$plusargs("vectors=%s", folder) || !$value$plusargs("instructions=%d", instruction_count) ||
        !$value$plusargs("trace=%s", file) || !$value$plusargs("selection=%s", selection)) begin
      $display("needs +vectors=DIR +instructions=N +trace=FILE +selection=TEXT");
      $finish;
    end
    $readmemh({folder, "/convolution.instructions.memh"}, instructions);
    $readmemh({folder, "/convolution.activations_in.data.memh"}, activations);
    $readmemh({folder, "/convolution.activations_in.address.memh"}, activation_addresses);
    $readmemh({folder, "/convolution.weights_in.data.memh"}, weights);
    $readmemh({folder, "/convolution.accumulators_in.data.memh"}, accumulators);
    $readmemh({folder, "/convolution.accumulators_in.address.memh"}, accumulator_addresses);
    trace = ernsim_trace_open(file);
    check(ernsim_trace_set(trace, "selection", selection));
    activations_in = ernsim_trace_channel(trace, "convolution.activations_in", B / 4);
    weights_in = ernsim_trace_channel(trace, "convolution.weights_in", M * B / 8);
    accumulators_in = ernsim_trace_channel(trace, "convolution.accumulators_in", 2 * B);
    accumulators_out = ernsim_trace_channel(trace, "convolution.accumulators_out", 2 * B);
  end

  function automatic void check_address(input string memory, input bit [31:0] found, input bit [31:0] expected);
    if (found == expected) return;
    $display("cycle %0d: %s is read at %0h, %0h is expected", cycle, memory, found, expected);
    errors++;
  endfunction

  // Reads are answered in the order of the vectors: what an instruction adds to may be another layer's.
  always @(posedge clock) begin
    automatic int next = activation;
    automatic bit [15:0] answered = 0;
    cycle <= cycle + 1;
    if (cycle == 2) reset <= 0;
    if (!reset) begin
      pushed <= pushed + int'(push_count);
      if (consumed) taken <= taken + 1;
      if (finished) done <= done + 1;
      // The words of a cycle lie in the vectors in the order of lanes, which is that of their addresses.
      for (int i = 0; i < $countones(a_read); i++) begin
        automatic int bank = -1;
        for (int k = 0; k < BANKS; k++)
          if (a_read[k] && (i == 0 || a_address[16*k+:16] > answered) && (bank < 0 || a_address[16*k+:16] < a_address[16*bank+:16]))
            bank = k;
        answered = a_address[16*bank+:16];
        check_address("A", 32'(answered), activation_addresses[next]);
        a_data[2*B*bank+:2*B] <= activations[next];
        check(ernsim_trace_beat(trace, activations_in, cycle, 32'(answered), word_t'(activations[next])));
        next++;
      end
      activation <= next;
      if (w_read) begin
        w_data <= weights[weight];
        weight <= weight + 1;
        check(ernsim_trace_beat(trace, weights_in, cycle, 32'(w_address), word_t'(weights[weight])));
      end
      if (f_read) begin
        check_address("F", 32'(f_read_address), accumulator_addresses[accumulator]);
        f_read_data <= accumulators[accumulator];
        accumulator <= accumulator + 1;
        check(ernsim_trace_beat(trace, accumulators_in, cycle, 32'(f_read_address), word_t'(accumulators[accumulator])));
      end
      if (f_write) begin
        check(ernsim_trace_beat(trace, accumulators_out, cycle, 32'(f_write_address), word_t'(f_write_data)));
      end
      if (done == instruction_count || errors > 20 || cycle == 64'd100000000) begin
        check(ernsim_trace_close(trace));
        $display("%0d of %0d instructions in %0d cycles, %0d errors", done, instruction_count, cycle, errors);
        $finish;
      end
    end
  end
endmodule
