#include "evaluation/evaluate.h"

#include <algorithm>
#include <atomic>
#include <exception>
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
  Work(const Evaluation& evaluation, std::vector<std::size_t> pictures, Journal* journal, const TakeOutcome& take)
      : evaluation_(evaluation), pictures_(std::move(pictures)), journal_(journal), take_(take) {}

  /// A picture that is taken is tried, so that no picture before one that failed is left out.
  void work() {
    std::size_t at = 0;
    try {
      Executor executor(evaluation_.network);
      while (!failed_ && (at = next_++) < pictures_.size()) run(executor, pictures_[at]);
    } catch (...) {
      fail(at);
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void run(Executor& executor, std::size_t index) {
    const Outcome outcome = outcome_of(evaluation_, executor, index);
    if (journal_ != nullptr) journal_->append(index, outcome);
    const std::lock_guard<std::mutex> lock(mutex_);
    take_(index, outcome);
  }

  void fail(std::size_t at) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failed_ = true;
    if (error_ && at >= first_failed_) return;
    first_failed_ = at;
    error_ = std::current_exception();
  }

  const Evaluation& evaluation_;
  const std::vector<std::size_t> pictures_;
  Journal* journal_;
  const TakeOutcome& take_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::size_t first_failed_ = 0;
  std::exception_ptr error_;
};

/// Runs `work` on this thread and as many more as there are to be had.
void run_on_threads(Work& work, std::size_t threads) {
  std::vector<std::thread> more;
  more.reserve(threads);
  try {
    for (std::size_t t = 1; t < threads; ++t) more.emplace_back([&work] { work.work(); });
  } catch (const std::exception&) {  // fewer threads do the same
  }
  work.work();
  for (std::thread& thread : more) thread.join();
}

}  // namespace

std::vector<workloads::Image> views_of(const Evaluation& evaluation, std::size_t index) {
  const auto& graph = evaluation.network.graph();
  workloads::Image image = evaluation.data.load(index);
  if (reads_codes(graph)) return {std::move(image)};
  if (graph.colours == 1) image = workloads::grey_image(std::move(image));
  return evaluation.preprocessing.views(image, graph.input_height, graph.input_width, evaluation.data.name(index));
}

Outcome outcome_of(const Evaluation& evaluation, Executor& executor, std::size_t index) {
  Outcome total;
  for (const auto& view : views_of(evaluation, index)) total += executor.run(view);
  return total;
}

void evaluate(const Evaluation& evaluation, std::size_t threads, Journal* journal, const TakeOutcome& take) {
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < evaluation.images; ++i)
    if (journal != nullptr && journal->has(i))
      take(i, journal->read(i));
    else
      missing.push_back(i);
  threads = std::min(threads, missing.size());
  Work work(evaluation, std::move(missing), journal, take);
  run_on_threads(work, threads);
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
