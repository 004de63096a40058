// Where the array's steps read A: output rows, then columns, for every pane. Lane m works on kernel column
// `kernel_column + m`; a lane whose tap lies outside the kernel or the input region has code 0.
// The word of (row, block, column) is at input_address + row * input_row_stride + block * in_columns + column, in the bank that its
// lowest bits say. A step reads what came into view, as many cycles as a bank has words of it, one at least.
module tap_addresses #(
    parameter M = 3,
    parameter BANKS = 4,
    parameter SELECT = 2  // bits of a bank's number
) (
    input  logic            clock,
    input  logic            reset,
    input  logic            load,              // of an instruction's operands, an ISSUE before the first step
    input  logic [   192:0] operands,          // words 7 to 13 of the instruction that is loaded next
    input  logic            fetch,
    input  logic            pane_done,         // goes to the next pane
    output logic            step,              // all that it needs is read
    output logic [   BANKS-1:0] a_read,
    output logic [BANKS*16-1:0] a_address,
    // What happens to each lane's pixel, see line_registers.sv.
    output logic [   M-1:0] take,
    output logic [M*SELECT-1:0] bank,
    output logic            hold,
    output logic [   M-1:0] shift,
    output logic [     7:0] stride,
    output logic            last_step,
    output logic            first_pane,
    output logic            last_pane,
    output logic [    15:0] accumulator        // address in F
);
  localparam PRODUCT_CYCLES = 3'd5;

  logic [15:0] row_stride, in_columns, in_rows, in_blocks, output_address;
  logic [15:0] rows_less, columns_less;  // output rows and columns, less one
  logic signed [15:0] row_offset, column_offset;
  logic [7:0] kernel;

  logic is_last, last_of_row, last_of_block;
  logic [7:0] kernel_row, kernel_column;
  pane_counter #(.M(M)) panes (
      .clock(clock), .reset(reset), .advance(pane_done), .kernel(kernel), .in_blocks(in_blocks),
      .kernel_row(kernel_row), .kernel_column(kernel_column), .is_first(first_pane), .last_of_row(last_of_row),
      .last_of_block(last_of_block), .is_last(is_last));

  always_ff @(posedge clock)
    if (load) begin
      {in_columns, in_rows, row_stride} <= operands[63:16];
      {in_blocks, column_offset, row_offset} <= operands[111:64];
      rows_less <= operands[112+:16] - 16'd1;
      columns_less <= operands[128+:16] - 16'd1;
      output_address <= operands[160+:16];
      {stride, kernel} <= operands[176+:16];
    end

  // Products take PRODUCT_CYCLES from when an instruction comes to the head of the queue. It is not at the array before its first pane is
  // loaded, B cycles later at least; until then what is loaded is followed by what they have become.
  logic [15:0] origin, line;  // the first tap's address; between the inputs of two output rows
  logic [2:0] settling;
  logic settle;
  multiply_add origins (
      .clock(clock), .sum(operands[0+:16] + operands[80+:16]), .a(operands[16+:16]), .b(operands[64+:16]),
      .out(origin));
  multiply_add lines (
      .clock(clock), .sum(16'd0), .a(operands[16+:16]), .b(16'(operands[184+:8])), .out(line));
  assign settle = load || (settling != 0 && !fetch);
  always_ff @(posedge clock) begin
    if (load) settling <= PRODUCT_CYCLES;
    else settling <= settle ? settling - 3'd1 : 3'd0;
  end

  // The next pane starts at the next group of columns, the next kernel row, or the next block. A sweep lasts four cycles or more: it is
  // worked out in the second one.
  logic [15:0] block_address, kernel_row_address, pane_address, line_step;
  logic [15:0] next_block_address, next_kernel_row_address, next_pane_address;
  logic signed [17:0] next_row, next_column;
  logic ends_row, ends_block;
  always_ff @(posedge clock) begin
    {last_pane, ends_block, ends_row} <= {is_last, last_of_block, last_of_row};
    next_block_address <= block_address + in_columns;
    next_kernel_row_address <= last_of_block ? block_address + in_columns : kernel_row_address + row_stride;
    next_pane_address <= last_of_block ? block_address + in_columns :
        last_of_row ? kernel_row_address + row_stride : pane_address + 16'(M);
    next_row <= 18'(row_offset) + (last_of_block ? 18'sd0 : $signed(18'(kernel_row)) + $signed(18'(last_of_row)));
    next_column <= 18'(column_offset) + (last_of_row ? 18'sd0 : $signed(18'(kernel_column) + 18'(M)));
  end
  always_ff @(posedge clock) begin
    if (settle) begin
      line_step <= line;
      {block_address, kernel_row_address, pane_address} <= {3{origin}};
    end else if (pane_done) begin
      if (ends_block) block_address <= next_block_address;
      if (ends_row) kernel_row_address <= next_kernel_row_address;
      pane_address <= next_pane_address;
    end
  end

  // Steps that are left in the row, rows that are left.
  logic [15:0] columns_left, rows_left;
  logic last_column;
  assign last_column = columns_left == 0;
  assign last_step = last_column && rows_left == 0;
  always_ff @(posedge clock) begin
    if (load) begin
      columns_left <= operands[128+:16] - 16'd1;
      rows_left <= operands[112+:16] - 16'd1;
      accumulator <= operands[160+:16];
    end else if (pane_done) begin
      {columns_left, rows_left} <= {columns_less, rows_less};
      accumulator <= output_address;
    end else if (step) begin
      columns_left <= last_column ? columns_less : columns_left - 16'd1;
      if (last_column) rows_left <= rows_left - 16'd1;
      accumulator <= accumulator + 16'd1;
    end
  end

  // The first lane's tap.
  logic [15:0] line_address, step_address;
  logic signed [17:0] row, column, first_column;
  always_ff @(posedge clock) begin
    if (settle) {line_address, step_address} <= {2{origin}};
    else if (pane_done) {line_address, step_address} <= {2{next_pane_address}};
    else if (step) begin
      step_address <= (last_column ? line_address : step_address) + (last_column ? line_step : 16'(stride));
      if (last_column) line_address <= line_address + line_step;
    end
    if (load) begin
      row <= 18'($signed(operands[64+:16]));
      {first_column, column} <= {2{18'($signed(operands[80+:16]))}};
    end else if (pane_done) begin
      row <= next_row;
      {first_column, column} <= {2{next_column}};
    end else if (step) begin
      if (last_column) row <= row + $signed(18'(stride));
      column <= last_column ? first_column : column + $signed(18'(stride));
    end
  end

  logic row_inside;
  logic [M-1:0] is_inside;
  assign row_inside = !row[17] && row[16:0] < 17'(in_rows);
  generate
    for (genvar m = 0; m < M; m++) begin : g_lane
      logic signed [17:0] lane_column;
      assign lane_column = column + 18'sd1 * m;
      assign is_inside[m] = 9'(kernel_column) + 9'(m) < 9'(kernel) && row_inside && !lane_column[17] &&
          lane_column[16:0] < 17'(in_columns);
      assign bank[SELECT*m+:SELECT] = SELECT'((step_address + 16'(m)) & 16'(BANKS - 1));
    end
  endgenerate

  // A pixel comes into view at the first step of a row, or because no lane had it `stride` lanes further on. The pane's last lanes are
  // known from its second step on.
  logic first_of_row;
  logic [M-1:0] comes;
  always_ff @(posedge clock) begin
    if (load) first_of_row <= 1'b1;
    else if (step) first_of_row <= last_column;
    for (int m = 0; m < M; m++)
      comes[m] <= 10'(m) + 10'(stride) >= 10'(M) || 10'(kernel_column) + 10'(m) + 10'(stride) >= 10'(kernel);
  end

  // Of the lanes that are still to be read, those whose bank no lane before them needs: neighbours lie in different banks.
  logic [M-1:0] wanted, rest, left;
  always_comb begin
    wanted = hold ? left : first_of_row ? is_inside : is_inside & comes;
    for (int m = 0; m < M; m++) take[m] = fetch && wanted[m] && (m < BANKS || !wanted[m < BANKS ? m : m-BANKS]);
    rest = wanted & ~take;
  end
  assign step = fetch && rest == '0;
  assign shift = first_of_row ? '0 : ~comes;
  always_ff @(posedge clock) begin
    left <= rest;
    hold <= fetch && !step;
  end

  always_comb begin
    a_read = '0;
    a_address = '0;
    for (int k = 0; k < BANKS; k++)
      for (int m = 0; m < M; m++)
        if (bank[SELECT*m+:SELECT] == SELECT'(k) && take[m]) begin
          a_read[k] = 1'b1;
          a_address[16*k+:16] = step_address + 16'(m);
        end
  end
endmodule
