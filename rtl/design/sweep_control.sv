// When the array takes an instruction, sweeps its panes and finishes it.
// Taken in T: the first sweep starts in T + ISSUE or later. A sweep that starts in s reads for its steps from s on, a step in each
// cycle in which all it needs is read, and lasts until the cycle after its last step, PIPELINE cycles at least. The next one starts, or the next instruction is taken, in the cycle after or later. Finished
// PIPELINE cycles after the cycle in which the last sweep has ended.
module sweep_control #(
    parameter PIPELINE = 8,
    parameter ISSUE = 2
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        offered,       // an instruction and its credits are there
    output logic        take,
    input  logic        shadow_ready,
    output logic        start,         // a sweep starts
    output logic        fetch,         // the sweep has steps left
    input  logic        step,
    input  logic        last_step,     // of the sweep
    output logic        pane_done,     // last cycle of a sweep
    input  logic        last_pane,
    // `posts` and `last` of the instruction that the array holds; the finished one's.
    input  logic [18:0] active_posts,
    input  logic        active_last,
    output logic        finish,
    output logic [18:0] posts,         // 0 when nothing finishes
    output logic        done_last
);
  generate
    if (PIPELINE < 4) begin : g_check_pipeline
      $error("PIPELINE must be at least 4");
    end
    if (ISSUE < 1) begin : g_check_issue
      $error("ISSUE must be at least 1");
    end
  endgenerate

  localparam COUNT_BITS = $clog2(PIPELINE + ISSUE + 1);
  localparam [COUNT_BITS-1:0] LAST_AGE = COUNT_BITS'(PIPELINE - 1);

  logic active, sweeping, fetching, draining, draining_last;
  logic [COUNT_BITS-1:0] issue, age, age_now, drain;
  logic [18:0] draining_posts;
  logic instruction_done;

  assign take = !active && offered;
  assign start = active && !sweeping && shadow_ready && issue == 0;
  assign fetch = start || fetching;
  assign age_now = start ? '0 : age;
  assign pane_done = (start || sweeping) && (!fetch || (step && last_step)) && age_now == LAST_AGE;
  assign instruction_done = pane_done && last_pane;
  assign finish = draining && drain == 0;
  assign posts = finish ? draining_posts : 19'd0;
  assign done_last = finish && draining_last;

  always_ff @(posedge clock) begin
    age <= age_now == LAST_AGE ? LAST_AGE : age_now + 1'b1;
    if (take) issue <= COUNT_BITS'(ISSUE - 1);
    else if (issue != 0) issue <= issue - 1'b1;
    if (instruction_done) begin
      drain <= COUNT_BITS'(PIPELINE);
      draining_posts <= active_posts;
      draining_last <= active_last;
    end else begin
      drain <= drain - 1'b1;
    end
    if (reset) begin
      active   <= 1'b0;
      sweeping <= 1'b0;
      fetching <= 1'b0;
      draining <= 1'b0;
    end else begin
      active   <= take || (active && !instruction_done);
      sweeping <= (start || sweeping) && !pane_done;
      fetching <= fetch && !(step && last_step);
      draining <= instruction_done || (draining && !finish);
    end
  end
endmodule
