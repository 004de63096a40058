// The pixels that the M arrays have in view: a word of codes for each lane, as B bits of plane 0 and of plane 1. What is said of a lane
// in a cycle happens to its register at the end of the next, when the banks give what was read: it takes a bank's word,
// is held, or takes the word of the lane `stride` further on; otherwise it becomes code 0.
module line_registers #(
    parameter B = 64,
    parameter M = 3,
    parameter BANKS = 4,
    parameter SELECT = 2
) (
    input  logic                 clock,
    input  logic [        M-1:0] take,
    input  logic [ M*SELECT-1:0] bank,    // that a lane takes from
    input  logic                 hold,
    input  logic [        M-1:0] shift,
    input  logic [          7:0] stride,
    input  logic [BANKS*2*B-1:0] a_data,
    output logic [      M*B-1:0] plane0,
    output logic [      M*B-1:0] plane1
);
  localparam WIDTH = M * (2 + SELECT) + 4;
  logic [2*WIDTH-1:0] late;  // of both planes
  logic [2*M*B-1:0] planes;
  fanout #(.WIDTH(WIDTH), .COPIES(2)) control (
      .clock(clock), .in({stride[2:0], hold, shift, bank, take}), .out(late));
  assign {plane1, plane0} = planes;

  generate
    for (genvar p = 0; p < 2; p++) begin : g_plane
      logic late_hold;
      logic [2:0] late_stride;
      logic [M-1:0] late_take, late_shift;
      logic [M*SELECT-1:0] late_bank;
      assign {late_stride, late_hold, late_shift, late_bank, late_take} = late[p*WIDTH+:WIDTH];
      for (genvar m = 0; m < M; m++) begin : g_lane
        logic [B-1:0] read, shifted;
        always_comb begin
          read = a_data[p*B+:B];
          for (int k = 1; k < BANKS; k++)
            if (late_bank[m*SELECT+:SELECT] == SELECT'(k)) read = a_data[(2*k+p)*B+:B];
          shifted = '0;
          for (int d = 1; d < M - m; d++)
            if (late_stride == 3'(d)) shifted = planes[(p*M+m+d)*B+:B];
        end
        always_ff @(posedge clock)
          planes[(p*M+m)*B+:B] <= late_take[m] ? read : late_hold ? planes[(p*M+m)*B+:B] : late_shift[m] ? shifted : '0;
      end
    end
  endgenerate
endmodule
