// One write and one read at a port that the assertions of traces/sva are bound to, right or, with +fault=N, wrong in one way.
module port (
    input logic clk, rst_n,
    input logic arvalid, arready, rvalid, rready, rlast, awvalid, awready, wvalid, wready, wlast, bvalid, bready,
    input logic [39:0] araddr, awaddr,
    input logic [7:0] arlen, awlen,
    input logic [2:0] arsize, awsize,
    input logic [15:0] wstrb,
    input logic [127:0] wdata
);
endmodule

bind port ernsim_axi_protocol #(.DATA_BYTES(16), .MOST_OUTSTANDING(2)) protocol (.*);

module bench (
    input logic clk
);
  int cycle = 0, fault = 0;
  logic rst_n = 0;
  logic arvalid, arready, rvalid, rready, rlast, awvalid, awready, wvalid, wready, wlast, bvalid, bready;
  logic [39:0] araddr, awaddr;
  logic [7:0] arlen, awlen;
  logic [2:0] arsize, awsize;
  logic [15:0] wstrb;
  logic [127:0] wdata;

  port dut (.*);

  initial if (!$value$plusargs("fault=%d", fault)) fault = 0;

  always_ff @(posedge clk) begin
    cycle <= cycle + 1;
    rst_n <= cycle > 2;
    if (cycle == 60) $finish;
  end

  // Fault N is what tests/sva/run expects the N-th rule of its list to notice.
  always_comb begin
    {rready, bready} = '1;
    arvalid = cycle inside {[10:12]} && !(fault == 1 && cycle == 11);
    arready = cycle == 12;
    araddr = fault == 2 ? 40'h1fd0 : 40'h1000;
    arlen = fault == 3 ? 8'd16 : 8'd3;
    arsize = 3'd4;
    if (fault == 4) {arvalid, arready} = cycle inside {[10:12]} ? 2'b11 : 2'b00;
    rvalid = cycle inside {[20:23]} && !(fault == 5 && cycle == 21);
    rlast = cycle == (fault == 6 ? 22 : 23);
    if (fault == 5 && cycle == 20) rready = 0;
    if (fault == 7 && cycle == 22) rready = 0;
    if (fault == 8) rvalid = cycle inside {[8:9]};
    awvalid = cycle inside {[30:31]} && !(fault == 9 && cycle == 31);
    awready = cycle == 31;
    if (fault == 9 && cycle == 31) awready = 0;
    awaddr = fault == 10 ? 40'h1fe0 : 40'h1fc0;
    awlen = fault == 11 ? 8'd16 : fault == 12 ? 8'd5 : 8'd3;
    awsize = 3'd4;
    wvalid = cycle inside {[32:35]};
    wready = !(fault == 13 && cycle == 33);
    wlast = cycle == 35;
    if (fault == 13 && cycle == 34) wvalid = 0;
    if (fault == 14) wvalid = cycle inside {[24:27]};
    if (fault == 14) wlast = cycle inside {27, 29};
    if (fault == 14 && cycle == 29) wvalid = 1;
    if (fault == 15) wvalid = cycle inside {[24:26]};
    if (fault == 15) wlast = cycle == 26;
    if (fault == 16) {wvalid, wlast} = {cycle inside {[10:27]}, 1'b0};
    wstrb = fault == 17 && cycle == 33 ? '0 : '1;
    wdata = 128'(cycle);
    bvalid = cycle == (fault == 18 ? 33 : 40);
    if (fault == 19) begin
      bready = cycle == 42;
      bvalid = cycle == 40;
    end
    if (fault == 20) begin  // two bursts of one beat without an answer
      {awvalid, awready} = cycle inside {[30:32]} ? 2'b11 : 2'b00;
      awlen = '0;
      {wvalid, wlast} = cycle inside {[32:34]} ? 2'b11 : 2'b00;
      bvalid = 0;
    end
    if (fault == 21) begin  // the only beat of four comes with its address
      wvalid = cycle == 31;
      wlast = 1;
    end
    if (fault == 22) begin  // the last of four comes with the address of two
      wvalid = cycle inside {[28:31]};
      wlast = cycle == 31;
      awlen = 8'd1;
    end
  end
endmodule
