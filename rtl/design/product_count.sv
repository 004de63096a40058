// popcount(plane 0 & signs) + 2 popcount(plane 1 & signs), as a tree of what fits LUTs of six inputs. Three products become two
// bits. Bits of one weight are counted by 36: six of them become three bits, six of each of these again, and the three counts are
// added. Then numbers are added in pairs. With the subtraction behind it that makes PARTS parts; STAGES registers lie behind some of
// them, as evenly as can be, the last one behind the subtraction.
module product_count #(
    parameter PRODUCTS = 192,
    parameter COUNT_BITS = 10,  // for 3 PRODUCTS
    parameter STAGES = 5
) (
    input  logic                  clock,
    input  logic [  PRODUCTS-1:0] plane0,  // bit 0 of each code
    input  logic [  PRODUCTS-1:0] plane1,  // bit 1
    input  logic [  PRODUCTS-1:0] signs,
    output logic [COUNT_BITS-1:0] count    // STAGES - 1 cycles later
);
  localparam TRIPLES = (PRODUCTS + 2) / 3;
  // Numbers: 36s of ones (as many of fours), of twos, of all.
  localparam SINGLE = (TRIPLES + 35) / 36, DOUBLE = (2 * TRIPLES + 35) / 36, NUMBERS = 2 * SINGLE + DOUBLE;
  localparam DEPTH = $clog2(NUMBERS);
  localparam PARTS = DEPTH + 5;
  localparam USED_STAGES = STAGES < PARTS ? STAGES : PARTS;

  // Products: ones and twos of plane 0, twos and fours of plane 1.
  logic [TRIPLES-1:0] a0, b0, c0, a1, b1, c1;
  logic [36*SINGLE-1:0] ones, fours;
  logic [36*DOUBLE-1:0] twos;
  assign {c0, b0, a0} = (3 * TRIPLES)'({plane0 & signs});
  assign {c1, b1, a1} = (3 * TRIPLES)'({plane1 & signs});
  assign ones = (36 * SINGLE)'({a0 ^ b0 ^ c0});
  assign twos = (36 * DOUBLE)'({a1 ^ b1 ^ c1, (a0 & b0) | (c0 & (a0 | b0))});
  assign fours = (36 * SINGLE)'({(a1 & b1) | (c1 & (a1 | b1))});

  // 36 rows; the bits of one number are in one column. Six rows become three, and these again.
  localparam N = NUMBERS;
  logic [36*N-1:0] rows, rows_at;
  logic [18*N-1:0] sixes, sixes_at;
  logic [9*N-1:0] counts, counts_at;
  always_comb
    for (int r = 0; r < 36; r++)
      rows[r*N+:N] = {fours[r*SINGLE+:SINGLE], twos[r*DOUBLE+:DOUBLE], ones[r*SINGLE+:SINGLE]};
  stage #(.WIDTH(36 * N), .IS_REGISTER(USED_STAGES / PARTS)) rows_stage (.clock(clock), .in(rows), .out(rows_at));

  counters_6_3 #(.WIDTH(6 * N)) six_rows (
      .in(rows_at), .ones(sixes[0+:6*N]), .twos(sixes[6*N+:6*N]), .fours(sixes[12*N+:6*N]));
  stage #(.WIDTH(18 * N), .IS_REGISTER(2 * USED_STAGES / PARTS - USED_STAGES / PARTS)) sixes_stage (
      .clock(clock), .in(sixes), .out(sixes_at));

  generate
    for (genvar i = 0; i < 3; i++) begin : g_weight
      counters_6_3 #(.WIDTH(N)) six_sixes (
          .in(sixes_at[6*N*i+:6*N]), .ones(counts[3*N*i+:N]), .twos(counts[3*N*i+N+:N]),
          .fours(counts[3*N*i+2*N+:N]));
    end
  endgenerate
  stage #(.WIDTH(9 * N), .IS_REGISTER(3 * USED_STAGES / PARTS - 2 * USED_STAGES / PARTS)) counts_stage (
      .clock(clock), .in(counts), .out(counts_at));

  // Numbers, then sums of pairs of them: NUMBERS >> level at `level`, rounded up. The subtraction follows the last sum.
  generate
    for (genvar level = 0; level <= DEPTH; level++) begin : g_level
      localparam COUNT = (N + (1 << level) - 1) >> level, BELOW = (2 * N + (1 << level) - 1) >> level;
      localparam REGISTERS = (level == DEPTH ? USED_STAGES - 1 : (level + 4) * USED_STAGES / PARTS) -
          (level + 3) * USED_STAGES / PARTS;
      logic [COUNT_BITS*COUNT-1:0] sums, sums_at;
      for (genvar n = 0; n < COUNT; n++) begin : g_number
        if (level == 0) begin : g_count
          logic [5:0] number;
          logic [COUNT_BITS-1:0] extended;
          assign number = 6'({counts_at[2*N+n], counts_at[N+n], counts_at[n]}) +
              6'({counts_at[5*N+n], counts_at[4*N+n], counts_at[3*N+n], 1'b0}) +
              6'({counts_at[8*N+n], counts_at[7*N+n], counts_at[6*N+n], 2'b00});
          assign extended = COUNT_BITS'({2'b00, number});
          assign sums[COUNT_BITS*n+:COUNT_BITS] =
              extended << (n < SINGLE ? 0 : n < SINGLE + DOUBLE ? 1 : 2);
        end else if (2 * n + 1 < BELOW) begin : g_pair
          assign sums[COUNT_BITS*n+:COUNT_BITS] = g_level[level-1].sums_at[COUNT_BITS*2*n+:COUNT_BITS] +
              g_level[level-1].sums_at[COUNT_BITS*(2*n+1)+:COUNT_BITS];
        end else begin : g_single
          assign sums[COUNT_BITS*n+:COUNT_BITS] = g_level[level-1].sums_at[COUNT_BITS*2*n+:COUNT_BITS];
        end
      end
      stage #(.WIDTH(COUNT_BITS * COUNT), .IS_REGISTER(REGISTERS)) sums_stage (
          .clock(clock), .in(sums), .out(sums_at));
    end
  endgenerate

  delay_line #(.WIDTH(COUNT_BITS), .CYCLES(STAGES - USED_STAGES)) spare (
      .clock(clock), .reset(1'b0), .in(g_level[DEPTH].sums_at), .out(count));
endmodule
