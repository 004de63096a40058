#include "evaluation/evaluate.h"

#include <pthread.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <thread>

#include "evaluation/reference_logits.h"
#include "evaluation/scores.h"
#include "output/npy.h"
#include "scratch_data.h"
#include "workloads/error.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"

using namespace ernsim;
using namespace ernsim::evaluation;

namespace {

/// Generated pictures; one of them may be bad.
class Drawn : public Dataset {
 public:
  explicit Drawn(std::size_t bad = 1000) : bad_(bad) {}
  std::size_t size() const override { return 7; }
  int label(std::size_t index) const override { return static_cast<int>(index); }
  std::string name(std::size_t index) const override { return std::to_string(index); }
  workloads::Image load(std::size_t index) const override {
    if (index >= bad_) throw workloads::WorkloadError(name(index) + ": bad");
    return workloads::generated_image(32, 32, index);
  }
  std::uint64_t fingerprint() const override { return 1; }

 private:
  std::size_t bad_;
};

/// Two pictures that are bad, the first of which fails when the second has.
class Together : public Drawn {
 public:
  explicit Together(std::size_t bad) : Drawn(bad), first_(bad) {}
  workloads::Image load(std::size_t index) const override {
    if (index == first_ + 1) second_loads_.set_value();
    if (index == first_) second_loads_.get_future().wait_for(std::chrono::seconds(10));
    return Drawn::load(index);
  }

 private:
  std::size_t first_;
  mutable std::promise<void> second_loads_;
};

/// While it lives no thread can be started: none has room for its stack.
class NoMoreThreads {
 public:
  NoMoreThreads() {
    ::pthread_getattr_default_np(&before_);
    pthread_attr_t huge = before_;
    ::pthread_attr_setstacksize(&huge, std::size_t{1} << 48);
    ::pthread_setattr_default_np(&huge);
  }
  ~NoMoreThreads() { ::pthread_setattr_default_np(&before_); }
  NoMoreThreads(const NoMoreThreads&) = delete;
  NoMoreThreads& operator=(const NoMoreThreads&) = delete;

 private:
  pthread_attr_t before_{};
};

const PreparedNetwork& small() {
  static const PreparedNetwork network = [] {
    const auto graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 10});
    return PreparedNetwork(workloads::fold(graph, workloads::seeded_parameters(graph, 1)), 16, false);
  }();
  return network;
}

std::vector<std::vector<std::int64_t>> class_sums(const Dataset& data, std::size_t threads, Journal* journal) {
  const Preprocessing none;
  std::vector<std::vector<std::int64_t>> sums(data.size());
  evaluate({small(), data, none, data.size()}, threads, journal,
           [&sums](std::size_t i, const Outcome& outcome) { sums[i] = outcome.class_sums; });
  return sums;
}

}  // namespace

TEST_CASE("Outcomes are the same on any number of threads, and with any part of them from a journal") {
  const test::ScratchFolder folder;
  const Drawn data;
  const auto expected = class_sums(data, 1, nullptr);
  CHECK(class_sums(data, 4, nullptr) == expected);
  {
    Journal journal(folder / "x", false, 1, small().classes(), small().graph().nodes.size());
    CHECK_THROWS_WITH(class_sums(Drawn(4), 3, &journal), "4: bad");
  }
  Journal journal(folder / "x", true, 1, small().classes(), small().graph().nodes.size());
  CHECK(journal.has(0));
  CHECK(class_sums(data, 2, &journal) == expected);
}

TEST_CASE("More threads than pictures, or than there are to be had, change nothing") {
  const Drawn data;
  const auto expected = class_sums(data, 1, nullptr);
  CHECK(class_sums(data, 1'000'000'000, nullptr) == expected);
  const NoMoreThreads none;
  CHECK_THROWS_AS(std::thread([] {}), std::system_error);
  CHECK(class_sums(data, 4, nullptr) == expected);
}

TEST_CASE("Of pictures that fail at the same time the first is reported") {
  for (const std::size_t bad : {0U, 1U, 4U})
    CHECK_THROWS_WITH(class_sums(Together(bad), 2, nullptr), std::to_string(bad) + ": bad");
}

TEST_CASE("Of equal logits the lower class comes first") {
  const std::vector<double> logits{1, 3, 3, 2};
  CHECK(prediction_of(logits) == 1);
  CHECK(rank_of(logits, 1) == 0);
  CHECK(rank_of(logits, 2) == 1);
  CHECK(rank_of(logits, 3) == 2);
}

TEST_CASE("A confusion matrix counts every picture once, and its diagonal is top-1") {
  Scores scores(3, 0);
  scores.add(0, {2, 1, 0}, {});
  scores.add(0, {0, 1, 0}, {});
  scores.add(2, {0, 1, 2}, {});
  CHECK(scores.top1() == 2);
  CHECK(scores.top5() == 3);
  CHECK(scores.confusion() == std::vector<std::vector<std::int64_t>>{{1, 1, 0}, {0, 0, 0}, {0, 0, 1}});
}

TEST_CASE("Where a framework's logits part most does not depend on the order of comparing") {
  const test::ScratchFolder folder;
  const auto path = folder.write("r.npy", npy_bytes({3, 2}, std::vector<float>{1, 2, 5, 4, 0, 9}));
  const std::vector<std::vector<double>> ours{{1, 2}, {4, 5}, {0, 8}};
  for (const auto& order : {std::vector<std::size_t>{0, 1, 2}, {2, 1, 0}}) {
    ReferenceLogits reference(path, 3, 2);
    for (const std::size_t i : order) reference.compare(i, ours[i]);
    CHECK(reference.equal() == 1);
    CHECK(reference.worst().image == 1);
    CHECK(reference.worst().class_number == 0);
    CHECK(reference.other_predictions() == std::vector<std::size_t>{1});
  }
  CHECK_THROWS_AS(ReferenceLogits(path, 4, 2), workloads::WorkloadError);
}

TEST_CASE("An archive of no array has no logits") {
  const test::ScratchFolder folder;
  const auto path = folder.write("r.npz", "PK\5\6" + std::string(18, '\0'));
  CHECK_THROWS_WITH(ReferenceLogits(path, 1, 2), Catch::Contains("r.npz: 0 arrays"));
}
