// Protocol of an AXI port as the units' pages have it: bind it to a design's ports,
//
//   bind my_accelerator ernsim_axi_protocol #(.DATA_BYTES(16)) port_0 (.clk(aclk), .rst_n(aresetn), .arvalid(m0_arvalid), ...);
//
// tlm/README.md and models/accelerator/dma/README.md say where each rule comes from: bursts of 16 beats at most, none across 4 KiB, one
// last beat for each, nothing withdrawn. Answers of the memory are assumptions, for formal tools; simulators check both.
module ernsim_axi_protocol #(
    parameter int ADDRESS_BITS = 40,
    parameter int DATA_BYTES = 16,
    parameter int MOST_BEATS = 16,
    parameter int MOST_OUTSTANDING = 64
) (
    input logic clk,
    input logic rst_n,
    input logic arvalid,
    input logic arready,
    input logic [ADDRESS_BITS-1:0] araddr,
    input logic [7:0] arlen,
    input logic [2:0] arsize,
    input logic rvalid,
    input logic rready,
    input logic rlast,
    input logic awvalid,
    input logic awready,
    input logic [ADDRESS_BITS-1:0] awaddr,
    input logic [7:0] awlen,
    input logic [2:0] awsize,
    input logic wvalid,
    input logic wready,
    input logic wlast,
    input logic [DATA_BYTES-1:0] wstrb,
    input logic [DATA_BYTES*8-1:0] wdata,
    input logic bvalid,
    input logic bready
);
  localparam int SIZE = $clog2(DATA_BYTES);

  function automatic logic crosses_4k(logic [11:0] offset, logic [7:0] len);
    logic [12:0] first_lane;
    first_lane = {1'b0, offset} & ~(13'(DATA_BYTES) - 13'd1);
    return first_lane + (13'(len) + 13'd1) * 13'(DATA_BYTES) > 13'd4096;
  endfunction

  // Bursts since reset, and the beat that each data channel is at. The lengths of those under way stand in rings: what was asked for,
  // and of a write whose data came before its address, what was sent.
  localparam int PLACE_BITS = $clog2(MOST_OUTSTANDING + 1);
  logic [15:0] read_addresses, reads_done, write_addresses, write_bursts, responses;
  logic [7:0] read_beat, write_beat;
  logic [7:0] read_lengths[2**PLACE_BITS], write_lengths[2**PLACE_BITS], sent_lengths[2**PLACE_BITS];

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      {read_addresses, reads_done, write_addresses, write_bursts, responses, read_beat, write_beat} <= '0;
    end else begin
      if (arvalid && arready) begin
        read_addresses <= read_addresses + 16'd1;
        read_lengths[PLACE_BITS'(read_addresses)] <= arlen;
      end
      if (rvalid && rready) begin
        reads_done <= reads_done + 16'(rlast);
        read_beat <= rlast ? '0 : read_beat + 8'd1;
      end
      if (awvalid && awready) begin
        write_addresses <= write_addresses + 16'd1;
        write_lengths[PLACE_BITS'(write_addresses)] <= awlen;
      end
      if (wvalid && wready) begin
        write_bursts <= write_bursts + 16'(wlast);
        write_beat <= wlast ? '0 : write_beat + 8'd1;
        if (wlast) sent_lengths[PLACE_BITS'(write_bursts)] <= write_beat;
      end
      responses <= responses + 16'(bvalid && bready);
    end
  end

  logic [7:0] read_length_now, write_length_now, sent_length_now;  // of the oldest burst that is not done
  assign read_length_now = read_lengths[PLACE_BITS'(reads_done)];
  assign write_length_now = write_lengths[PLACE_BITS'(write_bursts)];
  assign sent_length_now = sent_lengths[PLACE_BITS'(write_addresses)];

  // Under way; signed, as data may be ahead of their address.
  logic signed [15:0] reads, addressed_writes, responses_due;
  assign reads = read_addresses - reads_done;
  assign addressed_writes = write_addresses - write_bursts;
  assign responses_due = write_bursts - responses;

  // What is offered stays until it is taken.
  read_address_stays: assert property (@(posedge clk) disable iff (!rst_n) arvalid && !arready |=> arvalid && $stable({araddr, arlen, arsize}));
  write_address_stays: assert property (@(posedge clk) disable iff (!rst_n) awvalid && !awready |=> awvalid && $stable({awaddr, awlen, awsize}));
  write_data_stay: assert property (@(posedge clk) disable iff (!rst_n) wvalid && !wready |=> wvalid && $stable({wlast, wstrb, wdata}));
  read_data_stay: assume property (@(posedge clk) disable iff (!rst_n) rvalid && !rready |=> rvalid && $stable(rlast));
  response_stays: assume property (@(posedge clk) disable iff (!rst_n) bvalid && !bready |=> bvalid);

  // Bursts are short, as wide as the port, and inside 4 KiB.
  read_length: assert property (@(posedge clk) disable iff (!rst_n) arvalid |-> 32'(arlen) < MOST_BEATS && 32'(arsize) == SIZE);
  write_length: assert property (@(posedge clk) disable iff (!rst_n) awvalid |-> 32'(awlen) < MOST_BEATS && 32'(awsize) == SIZE);
  read_in_page: assert property (@(posedge clk) disable iff (!rst_n) arvalid |-> !crosses_4k(araddr[11:0], arlen));
  write_in_page: assert property (@(posedge clk) disable iff (!rst_n) awvalid |-> !crosses_4k(awaddr[11:0], awlen));

  // The last beat of a burst, and no other, is marked as that; there are bytes in each beat; and there is one answer.
  write_last: assert property (@(posedge clk) disable iff (!rst_n) wvalid && addressed_writes > 0 |-> wlast == (write_beat == write_length_now));
  write_length_sent: assert property (@(posedge clk) disable iff (!rst_n) awvalid && addressed_writes < 0 |-> awlen == sent_length_now);
  write_length_together: assert property (@(posedge clk) disable iff (!rst_n)
    awvalid && awready && wvalid && wready && wlast && addressed_writes == 0 |-> awlen == write_beat);
  write_ends: assert property (@(posedge clk) disable iff (!rst_n) wvalid && 32'(write_beat) == MOST_BEATS - 1 |-> wlast);
  write_strobes: assert property (@(posedge clk) disable iff (!rst_n) wvalid |-> wstrb != '0);
  read_asked: assume property (@(posedge clk) disable iff (!rst_n) rvalid |-> reads > 0);
  read_last: assume property (@(posedge clk) disable iff (!rst_n) rvalid && reads > 0 |-> rlast == (read_beat == read_length_now));
  response_due: assume property (@(posedge clk) disable iff (!rst_n) bvalid |-> responses_due > 0 && 16'(write_addresses - responses) != '0);

  // No more is under way than a port takes, and RREADY is never low while data come: buffers have room for what was asked for.
  read_outstanding: assert property (@(posedge clk) disable iff (!rst_n) 32'(reads) <= MOST_OUTSTANDING);
  write_outstanding: assert property (@(posedge clk) disable iff (!rst_n) 32'(responses_due) <= MOST_OUTSTANDING && 32'(addressed_writes) <= MOST_OUTSTANDING);
  read_taken: assert property (@(posedge clk) disable iff (!rst_n) rvalid |-> rready);
  // Data of a burst may come before its address, but not those of a second one.
  write_addressed: assert property (@(posedge clk) disable iff (!rst_n) addressed_writes >= -16'sd1);
endmodule
