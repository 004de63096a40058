#include "evaluation/evaluate.h"

#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include "evaluation/fingerprint.h"
#include "workloads/image.h"

namespace ernsim::evaluation {

namespace {

/// Hands out pictures, collects outcomes, keeps the first error.
class Work {
 public:
  Work(const Evaluation& evaluation, Journal* journal, const TakeOutcome& take)
      : evaluation_(evaluation), journal_(journal), take_(take) {}

  void work() {
    Executor executor(evaluation_.network);
    for (std::size_t i = next_++; i < evaluation_.images && !failed_; i = next_++) try {
        if (journal_ != nullptr && journal_->has(i)) continue;
        const Outcome outcome = outcome_of(evaluation_, executor, i);
        if (journal_ != nullptr) journal_->append(i, outcome);
        const std::lock_guard<std::mutex> lock(mutex_);
        take_(i, outcome);
      } catch (...) {
        fail(i);
      }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void fail(std::size_t index) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failed_ = true;
    if (index >= first_failed_) return;
    first_failed_ = index;
    error_ = std::current_exception();
  }

  const Evaluation& evaluation_;
  Journal* journal_;
  const TakeOutcome& take_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::size_t first_failed_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr error_;
};

}  // namespace

std::vector<workloads::Image> views_of(const Evaluation& evaluation, std::size_t index) {
  const auto& graph = evaluation.network.graph();
  workloads::Image image = evaluation.data.load(index);
  if (graph.colours == 1) image = workloads::grey_image(std::move(image));
  return evaluation.preprocessing.views(image, graph.input_height, graph.input_width, evaluation.data.name(index));
}

Outcome outcome_of(const Evaluation& evaluation, Executor& executor, std::size_t index) {
  Outcome total;
  for (const auto& view : views_of(evaluation, index)) total += executor.run(view);
  return total;
}

void evaluate(const Evaluation& evaluation, std::size_t threads, Journal* journal, const TakeOutcome& take) {
  if (journal != nullptr)
    for (std::size_t i = 0; i < evaluation.images; ++i)
      if (journal->has(i)) take(i, journal->read(i));
  Work work(evaluation, journal, take);
  std::vector<std::thread> running;
  for (std::size_t t = 1; t < threads; ++t) running.emplace_back([&work] { work.work(); });
  work.work();
  for (std::thread& thread : running) thread.join();
  work.rethrow();
}

std::uint64_t fingerprint_of(const workloads::IntegerNetwork& network, const Evaluation& evaluation) {
  const auto& graph = network.graph;
  Fingerprint print;
  print.add(network);
  print.add(evaluation.network.accumulator_bits());
  print.add(evaluation.data.fingerprint());
  print.add(evaluation.preprocessing.text(graph.input_height, graph.input_width));
  return print.value();
}

}  // namespace ernsim::evaluation
