// One read port, one write port, in block RAM. What is read in cycle c is at `read_data` in c + 1 and stays there until
// the next read. A word written in c is seen by reads from c + 1 on.
module memory #(
    parameter WIDTH = 32,
    parameter WORDS = 1024
) (
    input  logic             clock,
    input  logic             read,
    input  logic [     15:0] read_address,
    output logic [WIDTH-1:0] read_data,
    input  logic             write,
    input  logic [     15:0] write_address,
    input  logic [WIDTH-1:0] write_data
);
  localparam ADDRESS_BITS = $clog2(WORDS);
  (* ram_style = "block" *) logic [WIDTH-1:0] words[0:WORDS-1];

  always_ff @(posedge clock) begin
    if (write) words[write_address[ADDRESS_BITS-1:0]] <= write_data;
    if (read) read_data <= words[read_address[ADDRESS_BITS-1:0]];
  end
endmodule
