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

bind port ernsim_axi_protocol #(.DATA_BYTES(16)) protocol (.*);

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

  always_comb begin
    {arready, rvalid, rlast, awready, wready, wlast, bvalid} = '0;
    {rready, bready} = '1;
    arvalid = cycle inside {[10:12]};
    arready = cycle == 12;
    araddr = fault == 1 ? 40'h0fd0 : 40'h1000;
    arlen = fault == 2 ? 8'd16 : 8'd3;
    arsize = fault == 3 ? 3'd3 : 3'd4;
    if (fault == 4 && cycle == 11) arvalid = 0;
    if (fault == 5 && cycle == 11) araddr = 40'h2000;
    rvalid = cycle inside {[20:23]};
    rlast = cycle == 23;
    if (fault == 6 && cycle == 21) rready = 0;
    if (fault == 7) rvalid = cycle inside {[8:11]};
    awvalid = cycle inside {[30:31]};
    awready = cycle == 31;
    awaddr = fault == 8 ? 40'h1fe0 : 40'h1ff0 - 40'h30;
    awlen = 8'd3;
    awsize = 3'd4;
    wvalid = cycle inside {[32:35]};
    if (fault == 9) wvalid = cycle inside {[32:50]};
    wready = 1;
    wlast = fault != 9 && cycle == 35;
    wstrb = fault == 10 && cycle == 33 ? '0 : '1;
    wdata = 128'(cycle);
    bvalid = cycle == (fault == 11 ? 33 : 40);
  end
endmodule
