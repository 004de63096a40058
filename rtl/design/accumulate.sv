// Read-modify-write of F. The step of cycle s reads F in s + PIPELINE - 1 and writes it in s + PIPELINE. A step that
// overwrites reads nothing. An accumulator is ACCUMULATOR_BITS wide, wraps, and is held sign-extended in 16 bits.
module accumulate #(
    parameter B = 64,
    parameter PIPELINE = 8,
    parameter ACCUMULATOR_BITS = 16
) (
    input  logic            clock,
    input  logic            reset,
    input  logic            step,
    input  logic            overwrite,
    input  logic [    15:0] address,
    input  logic [B*16-1:0] sums,             // of the step of PIPELINE cycles ago
    output logic            f_read,
    output logic [    15:0] f_read_address,
    input  logic [B*16-1:0] f_read_data,
    output logic            f_write,
    output logic [    15:0] f_write_address,
    output logic [B*16-1:0] f_write_data
);
  logic late_step, late_overwrite;
  logic [B/8-1:0] overwritten;  // a copy for eight channels

  delay_line #(.WIDTH(2), .CYCLES(PIPELINE - 1), .CLEAR(1)) steps (
      .clock(clock), .reset(reset), .in({step, step && !overwrite}), .out({late_step, f_read}));
  delay_line #(.WIDTH(17), .CYCLES(PIPELINE - 1)) addresses (
      .clock(clock), .reset(reset), .in({overwrite, address}), .out({late_overwrite, f_read_address}));
  fanout #(.COPIES(B / 8)) overwriting (.clock(clock), .in(late_overwrite), .out(overwritten));

  always_ff @(posedge clock) begin
    f_write_address <= f_read_address;
    if (reset) f_write <= 1'b0;
    else f_write <= late_step;
  end

  generate
    for (genvar o = 0; o < B; o++) begin : g_channel
      logic [15:0] value;
      assign value = (overwritten[o/8] ? 16'd0 : f_read_data[16*o+:16]) + sums[16*o+:16];
      assign f_write_data[16*o+:16] = 16'($signed(value[ACCUMULATOR_BITS-1:0]));
    end
  endgenerate
endmodule
