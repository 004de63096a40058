#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"
#include "tests/system/cli_refused.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

const std::string small_sweep =
    "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n[axes]\n\"schedule.candidates\" = "
    "[1]\n\"convolution.lanes\" = [1, 2, 3]\n"
    "\"accelerator.clock_mhz\" = [100, 200]\n\"memory.weights_words\" = [64, 1024]\n";

std::string shard(int index, int count) { return std::to_string(index) + "/" + std::to_string(count); }

std::string file_of(int index, int count) {
  return "shard-" + std::to_string(index) + "-of-" + std::to_string(count) + ".sqlite";
}

void simulate(const Scratch& scratch, const std::string& out, int index, int count) {
  const auto ended = program("sweep it.toml --resume --out " + out + " --shard " + shard(index, count), scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
}

}  // namespace

TEST_CASE("the shards of a sweep, each alone and merged, have the rows of the whole") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  REQUIRE(program("sweep it.toml --out alone", scratch).status == 0);
  const auto alone = rows_of(scratch / "alone/sweep.sqlite");
  REQUIRE(alone.size() == 12);
  for (const int count : {1, 2, 5, 7, 12}) {
    const std::string out = "in" + std::to_string(count);
    for (int index = count - 1; index >= 0; --index) {
      simulate(scratch, out, index, count);
      std::vector<std::string> expected;
      for (auto at = static_cast<std::size_t>(index); at < alone.size(); at += static_cast<std::size_t>(count))
        expected.push_back(alone[at]);
      CHECK(rows_of(scratch / out / file_of(index, count)) == expected);
    }
    REQUIRE(program("sweep it.toml --merge --out " + out, scratch).status == 0);
    CHECK(rows_of(scratch / out / "sweep.sqlite") == alone);
    const std::string meta = "SELECT * FROM meta ORDER BY key";
    CHECK(rows_of(scratch / out / "sweep.sqlite", meta) == rows_of(scratch / "alone/sweep.sqlite", meta));
  }
}

TEST_CASE("the shards of a drawn sample merge to the rows of the whole") {
  const Scratch scratch;
  scratch.write("it.toml", "sample = 7\nseed = 2\n" + small_sweep);
  REQUIRE(program("sweep it.toml --out alone", scratch).status == 0);
  for (int index = 0; index < 3; ++index) simulate(scratch, "shards", index, 3);
  REQUIRE(program("sweep it.toml --merge --out shards", scratch).status == 0);
  CHECK(rows_of(scratch / "shards/sweep.sqlite") == rows_of(scratch / "alone/sweep.sqlite"));
  CHECK(rows_of(scratch / "shards/sweep.sqlite").size() == 7);
}

TEST_CASE("a merged sweep prints the summary, CSV and JSON of the whole") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  const std::string alone = program("sweep it.toml --out alone --csv alone.csv --json alone.json", scratch).out;
  for (int index = 0; index < 2; ++index) simulate(scratch, "it", index, 2);
  const std::string merged = program("sweep it.toml --merge --csv it.csv --json it.json", scratch).out;
  CHECK_THAT(alone, Catch::StartsWith("12 points in alone/sweep.sqlite"));
  CHECK_THAT(merged, Catch::StartsWith("12 points in it/sweep.sqlite"));
  CHECK(merged.substr(merged.find(',')) == alone.substr(alone.find(',')));
  CHECK(contents(scratch / "it.csv") == contents(scratch / "alone.csv"));
  CHECK(contents(scratch / "it.json") == contents(scratch / "alone.json"));
  CHECK(program("sweep it.toml --merge", scratch).status == 0);  // again, over its own
}

TEST_CASE("a merge names the shards that are missing and those that lack points, and writes nothing") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains("it: has no shard-I-of-N.sqlite to merge"));
  for (const int index : {0, 1, 3}) simulate(scratch, "it", index, 5);
  rows_of(scratch / "it" / file_of(1, 5), "DELETE FROM points WHERE number > 1");
  CHECK_THAT(refused("sweep it.toml --merge", scratch),
             Contains("it: shard 1/5 lacks 2 of 3 points, shard 2/5 is missing, shard 4/5 is missing"));
  CHECK_FALSE(fs::exists(scratch / "it/sweep.sqlite"));
  for (const int index : {1, 2, 4}) simulate(scratch, "it", index, 5);
  CHECK(program("sweep it.toml --merge", scratch).status == 0);
  CHECK(std::distance(fs::directory_iterator(scratch / "it"), {}) == 6);
}

TEST_CASE("a merge refuses shards of another sweep, place, version or program, and damaged ones") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  scratch.write("other.toml", "stems = [\"paper\"]\n" + small_sweep);
  for (int index = 0; index < 2; ++index) simulate(scratch, "it", index, 2);
  const std::string path = "it/" + file_of(1, 2);
  const std::string whole = contents(scratch / path);
  const auto check_refused = [&](const std::string& why) {
    CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains(path + ": ") && Contains(why));
    CHECK_FALSE(fs::exists(scratch / "it/sweep.sqlite"));
    scratch.write(path, whole);
  };
  CHECK_THAT(refused("sweep other.toml --merge --out it", scratch), Contains("another sweep file"));
  fs::copy_file(scratch / "it" / file_of(0, 2), scratch / path, fs::copy_options::overwrite_existing);
  check_refused("is shard 0/2, not shard 1/2");
  rows_of(scratch / path, "UPDATE meta SET value = '1/3' WHERE key = 'shard'");
  check_refused("is shard 1/3, not shard 1/2");
  rows_of(scratch / path, "UPDATE points SET number = 0 WHERE number = 1");
  check_refused("has point 0, which is not of this shard");
  rows_of(scratch / path, "UPDATE meta SET value = '0.0.0' WHERE key = 'program_version'");
  check_refused("another version");
  rows_of(scratch / path, "ALTER TABLE points DROP COLUMN dsp");
  check_refused("another version");
  rows_of(scratch / path, "UPDATE points SET fps = fps + 1");
  check_refused("does not match its sum");
  rows_of(scratch / path, "PRAGMA application_id = 1");
  check_refused("no sweep of this program");
  scratch.write(path, "this is no database, but long enough to look at");
  check_refused("no sweep of this program");
  scratch.write(path, whole.substr(0, whole.size() / 2));
  check_refused("");
  fs::copy_file(scratch / path, scratch / "it" / file_of(1, 3));
  CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains("has shard-1-of-3.sqlite"));
}

TEST_CASE("a sweep goes on and merges only as long as its platform file has the same values") {
  const Scratch scratch;
  scratch.write("it.toml", "platform = \"mine.toml\"\n" + small_sweep);
  scratch.write("mine.toml", "name = \"mine\"\n[memory]\nactivations_words = 4096\n");
  simulate(scratch, "it", 0, 1);
  const std::string whole = contents(scratch / "it" / file_of(0, 1));
  scratch.write("mine.toml", "name = \"mine\"\n[memory]\nactivations_words = 2048\n");
  CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains("platform mine.toml had other values"));
  CHECK_THAT(refused("sweep it.toml --shard 0/1 --resume", scratch), Contains("platform mine.toml had other values"));
  CHECK(contents(scratch / "it" / file_of(0, 1)) == whole);
  scratch.write("mine.toml", "name = \"mine\"  # as before\n[memory]\nactivations_words = 4096\n");
  CHECK(program("sweep it.toml --merge", scratch).status == 0);
}

TEST_CASE("a merge leaves a sweep.sqlite alone that is not of its sweep") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  scratch.write("other.toml", "stems = [\"paper\"]\n" + small_sweep);
  REQUIRE(program("sweep other.toml --out it", scratch).status == 0);
  const std::string other = contents(scratch / "it/sweep.sqlite");
  for (int index = 0; index < 2; ++index) simulate(scratch, "it", index, 2);
  for (const std::string& found : {other, contents(scratch / "it" / file_of(0, 2)), std::string("some text")}) {
    scratch.write("it/sweep.sqlite", found);
    CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains("it/sweep.sqlite: "));
    CHECK(contents(scratch / "it/sweep.sqlite") == found);
  }
}

TEST_CASE("shards, merges and job scripts that cannot be are refused before anything runs") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  for (const char* shard : {"2/2", "x", "0/13", "-1/3"})
    CHECK_THAT(refused("sweep it.toml --shard " + std::string(shard), scratch), Contains("--shard '"));
  for (const char* shards : {"0", "13", "x"})
    CHECK_THAT(refused("sweep it.toml --slurm " + std::string(shards), scratch), Contains("from 1 to 12"));
  CHECK_THAT(refused("sweep it.toml --slurm 2 --out 'a%b'", scratch), Contains("must have no %"));
  for (const char* both : {"--merge --shard 0/2", "--merge --resume", "--merge --jobs 1", "--slurm 2 --shard 0/2",
                           "--slurm 2 --merge", "--slurm 2 --resume", "--slurm 2 --csv -", "--slurm 2 --json -"})
    CHECK_THAT(refused("sweep it.toml " + std::string(both), scratch), Contains("cannot be given together"));
  simulate(scratch, "it", 0, 2);
  CHECK_THAT(refused("sweep it.toml --shard 0/3", scratch), Contains("it: has shard-0-of-2.sqlite"));
  CHECK_THAT(refused("sweep it.toml --slurm 3", scratch), Contains("it: has shard-0-of-2.sqlite"));
  CHECK_THAT(refused("sweep it.toml --shard 0/2", scratch), Contains("exists; --resume"));
}

TEST_CASE("a job script run by hand, task by task, does a whole sweep") {
  const Scratch scratch;
  scratch.write("it's it.toml", small_sweep);
  const auto written = program("sweep \"it's it.toml\" --slurm 3", scratch);
  REQUIRE(written.status == 0);
  CHECK_THAT(written.out, Catch::StartsWith((scratch / "it's it/sweep.sh").string() + "\n"));
  CHECK_THAT(written.out, Contains("--merge"));
  for (const char* task : {"0", "1", "2"}) {
    const std::string command = "SLURM_ARRAY_TASK_ID=" + std::string(task) + " bash \"" +
                                (scratch / "it's it/sweep.sh").string() + "\" >/dev/null";
    CHECK(std::system(command.c_str()) == 0);
  }
  REQUIRE(program("sweep \"it's it.toml\" --merge", scratch).status == 0);
  REQUIRE(program("sweep \"it's it.toml\" --out alone", scratch).status == 0);
  CHECK(rows_of(scratch / "it's it/sweep.sqlite") == rows_of(scratch / "alone/sweep.sqlite"));
}
