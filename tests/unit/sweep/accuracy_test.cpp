#include "sweep/accuracy.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "sweep/answer.h"
#include "sweep/database.h"
#include "sweep/figures.h"
#include "sweep/point_job.h"
#include "sweep/results.h"
#include "tests/support/sweep_file.h"
#include "tests/system/cli_program.h"

using namespace ernsim;
using Catch::Matchers::Contains;
using ernsim::cli::Scratch;

namespace {

const std::string three_networks =
    "networks = [\"ERNs18\", \"ERNs34\", \"ERNs50\"]\ninput_sizes = [\"32x32\"]\n"
    "objectives = [\"max accuracy\", \"max fps\"]\n";

std::string refusal_of(const std::string& text) {
  try {
    sweep_of(text);
  } catch (const ConfigError& error) {
    CHECK(std::string(error.what()).find('\n') == std::string::npos);
    return error.what();
  }
  return "accepted";
}

/// A row of each network, with the accuracies of the definition and these frames per second.
std::vector<SweepRow> rows_of(const SweepDefinition& sweep, const std::vector<double>& fps) {
  std::vector<SweepRow> rows;
  for (std::size_t i = 0; i < fps.size(); ++i) {
    rows.push_back({i, point_of(sweep, static_cast<std::int64_t>(i)), "", std::vector<double>(figure_names().size())});
    const SweepAccuracy accuracy = accuracy_of(sweep, rows.back().point);
    rows.back().figures[figure_place("accuracy")] = accuracy.share;
    rows.back().figures[figure_place("fps")] = fps[i];
    rows.back().accuracy_source = accuracy.source;
  }
  return rows;
}

std::string sentences_of(const SweepReading& reading, const SweepGoals& goals) {
  std::string text;
  for (const std::string& each : answer_of(reading, goals)) text += each + "\n";
  return text;
}

}  // namespace

TEST_CASE(
    "where accuracy is an objective networks compete with each other: the less accurate and slower one is beaten") {
  const auto sweep = sweep_of(three_networks + "[accuracy]\nERNs18 = 0.6\nERNs34 = 0.7\nERNs50 = 0.65\n");
  const auto reading = reading_of(sweep, rows_of(sweep, {300, 200, 150}));
  const auto standings = standings_of(reading, goals_of(sweep));
  CHECK(groups_of(reading, goals_of(sweep)).size() == 1);
  CHECK(standings == std::vector<Standing>{Standing::front, Standing::front, Standing::keeps});
  CHECK_THAT(sentences_of(reading, goals_of(sweep)),
             Contains("The largest accuracy, 0.7, has point 1 (network=ERNs34)"));
}

TEST_CASE("a point whose accuracy is not known neither beats nor is beaten, and that is said") {
  const auto sweep = sweep_of(three_networks + "[accuracy]\nERNs18 = 0.6\nERNs34 = 0.7\n");
  for (const double fps : {1.0, 1000.0}) {
    const auto reading = reading_of(sweep, rows_of(sweep, {300, 200, fps}));
    const auto standings = standings_of(reading, goals_of(sweep));
    CHECK(standings == std::vector<Standing>{Standing::front, Standing::front, Standing::not_compared});
    CHECK_THAT(sentences_of(reading, goals_of(sweep)),
               Contains("accuracy is not known of one point (ERNs50), so it is not compared"));
    const SweepResults results(reading, goals_of(sweep));
    CHECK_THAT(results.csv(), Contains("\n2,not compared,ERNs50,"));
    CHECK_THAT(results.json(), Contains("\"accuracy\": null"));
  }
}

TEST_CASE("an objective that is known of no point compares none, and that is said") {
  const auto sweep = sweep_of(three_networks + "[evaluate]\ndata = \"photos\"\n");
  const auto reading = reading_of(sweep, rows_of(sweep, {300, 200, 100}));
  const auto standings = standings_of(reading, goals_of(sweep));
  CHECK(standings == std::vector<Standing>{Standing::front, Standing::keeps, Standing::keeps});
  CHECK_THAT(sentences_of(reading, goals_of(sweep)), Contains("accuracy is not known of any point"));
  CHECK(reading.points[0].accuracy_source == "not evaluated: has no weights of its own");
}

TEST_CASE("a point whose accuracy is too small, or not known, is not simulated where it must be larger") {
  const auto sweep =
      sweep_of(three_networks + "constraints = [\"accuracy >= 0.65\"]\n[accuracy]\nERNs18 = 0.6\nERNs34 = 0.65\n");
  CHECK(reason_to_skip(sweep, point_of(sweep, 0)) == "accuracy is 0.6, and must be >= 0.65");
  CHECK(reason_to_skip(sweep, point_of(sweep, 1)) == "");
  CHECK(reason_to_skip(sweep, point_of(sweep, 2)) == "accuracy is not known, and must be >= 0.65");
  auto rows = rows_of(sweep, {300, 200, 100});
  for (const std::size_t i : {0U, 2U})
    rows[i] = {i, rows[i].point, reason_to_skip(sweep, rows[i].point), figures_before(sweep, rows[i].point)};
  CHECK_THAT(
      sentences_of(reading_of(sweep, rows), goals_of(sweep)),
      Contains("Of 3 points, accuracy >= 0.65 (accuracy is not known) excludes 1, accuracy >= 0.65 excludes 1."));
}

TEST_CASE("a sweep that goes on with other accuracies has them in all its rows") {
  const Scratch scratch;
  const std::string path = (scratch / "it.sqlite").string();
  const auto before = sweep_of(three_networks + "[accuracy]\nERNs18 = 0.6\n");
  {
    SweepDatabase database(path, before, SweepAccess::make);
    for (const SweepRow& row : rows_of(before, {300, 200, 100})) database.add(row);
  }
  const auto after = sweep_of(three_networks + "[accuracy]\nERNs18 = 0.5\nERNs50 = 0.7\n");
  CHECK_THROWS_WITH(SweepDatabase(path, after, SweepAccess::read), Contains("was made with other accuracies"));
  SweepDatabase(path, after, SweepAccess::resume);
  const auto rows = SweepDatabase(path, after, SweepAccess::read).rows();
  REQUIRE(rows.size() == 3);
  CHECK(figure_of(rows[0].figures, "accuracy") == 0.5);
  CHECK(std::isnan(figure_of(rows[1].figures, "accuracy")));
  CHECK(figure_of(rows[2].figures, "accuracy") == 0.7);
  CHECK(figure_of(rows[2].figures, "fps") == 100);
  CHECK(rows[1].accuracy_source == "");
  CHECK(rows[2].accuracy_source == "given");
}

TEST_CASE("what eval wrote gives the share of its pictures whose label is the prediction") {
  const Scratch scratch;
  const std::string titles = "image,label,prediction,logit_0,logit_1\n";
  scratch.write("a.csv", titles + "\"a, b.png\",1,1,0.5,0.7\nb.png,0,1,0.5,0.7\nc.png,0,0,0.9,0.7\n");
  const auto found = accuracy_in((scratch / "a.csv").string());
  CHECK(found.share == Approx(2.0 / 3));
  CHECK_THAT(found.source, Contains("given by ") && Contains("a.csv, 3 pictures"));
  for (const std::string& text : {std::string("label,x\n"), titles, titles + "a.png,1\n", titles + "a.png,x,1,0,0\n"}) {
    scratch.write("b.csv", text);
    CHECK_THROWS_WITH(accuracy_in((scratch / "b.csv").string()), Contains("b.csv"));
  }
}

TEST_CASE("accuracies that cannot be are refused with the line") {
  const std::string one = "networks = [\"ERNs18\"]\n";
  CHECK_THAT(refusal_of(one + "[accuracy]\nERNs18 = 63.6\n"), Contains(":3: accuracy: ERNs18: must be a share"));
  CHECK_THAT(refusal_of(one + "[accuracy]\nERNs34 = 0.6\n"), Contains("is none of the sweep's networks"));
  CHECK_THAT(refusal_of(one + "[accuracy]\nERNs18 = \"none.csv\"\n"), Contains("none.csv: cannot be read"));
  CHECK_THAT(refusal_of(one + "input_sizes = [\"64x64\", \"32x32\"]\n[accuracy]\nERNs18 = 0.6\n"),
             Contains("depends on the input size"));
  CHECK_THAT(refusal_of(one + "stems = [\"paper\", \"released\"]\n[accuracy]\nERNs18 = 0.6\n"),
             Contains("stems make 2 networks"));
  CHECK_THAT(refusal_of(one + "[accuracy]\nERNs18 = 0.6\n[axes]\n\"network.stage1.width\" = [32, 64]\n"),
             Contains("network.stage1.width makes several networks"));
  CHECK_THAT(refusal_of(one + "objectives = [\"max accuracy\"]\n"), Contains("nothing says what a network scores"));
  CHECK_THAT(refusal_of(one + "constraints = [\"accuracy > 0.5\"]\n"), Contains("nothing says what a network scores"));
  CHECK_THAT(refusal_of(one + "constraints = [\"accuracy > 60\"]\n[accuracy]\nERNs18 = 0.6\n"),
             Contains("accuracy <= 1 always holds"));
  CHECK_THAT(refusal_of(one + "[evaluate]\nlabels = \"a.npy\"\n"), Contains("needs data"));
  CHECK_THAT(refusal_of(one + "[evaluate]\ndata = \"a.npy\"\nfrist = 3\n"), Contains("did you mean first"));
  CHECK_THAT(refusal_of(one + "[evaluate]\ndata = \"a.npy\"\nfilter = \"box\"\n"), Contains("belongs to resize"));
}

TEST_CASE("accumulators count for what a network scores only where its sums may need more bits than they have") {
  const auto sweep = sweep_of("networks = [\"ERNs18\"]\n[axes]\n\"memory.accumulator_bits\" = [8, 15, 16]\n");
  const int needed = accumulator_bits_needed(sweep, point_of(sweep, 0));
  REQUIRE(needed > 8);
  REQUIRE(needed <= 15);
  CHECK(bits_that_count(sweep, point_of(sweep, 0)) == 8);
  CHECK(bits_that_count(sweep, point_of(sweep, 1)) == needed);
  CHECK(accuracy_key(sweep, point_of(sweep, 1)) == accuracy_key(sweep, point_of(sweep, 2)));
  CHECK(accuracy_key(sweep, point_of(sweep, 0)) != accuracy_key(sweep, point_of(sweep, 1)));
}
