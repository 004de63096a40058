#include "sweep/evaluation_log.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <utility>

#include "config/user_error.h"
#include "output/flat_csv.h"
#include "output/output_file.h"

namespace ernsim {

namespace {

constexpr const char* titles = "fingerprint,accumulator_bits,right,pictures,input_size,sum,network";

std::string name_of(std::uint64_t fingerprint) { return fmt::format("{:016x}", fingerprint); }

std::string line_of(const std::string& name, const FinishedEvaluation& each) {
  const std::string begin =
      fmt::format("{},{},{},{},{}", name, each.accumulator_bits, each.right, each.pictures, each.input_size);
  const std::string whole = begin + each.network;
  return fmt::format("{},{:016x},{}", begin, XXH3_64bits(whole.data(), whole.size()), csv_field(each.network));
}

/// Takes what stands before the next comma.
std::string next_field(const std::string& line, std::size_t& at) {
  const auto comma = std::min(line.find(',', at), line.size());
  std::string field = line.substr(at, comma - at);
  at = std::min(comma + 1, line.size());
  return field;
}

template <class Number>
void parse(const std::string& text, Number& number) {
  std::from_chars(text.data(), text.data() + text.size(), number);
}

std::string unquoted(const std::string& field) {
  if (field.empty() || field.front() != '"') return field;
  std::string text;
  for (std::size_t i = 1; i + 1 < field.size(); ++i)
    if (text += field[i]; field[i] == '"') ++i;
  return text;
}

}  // namespace

EvaluationLog::EvaluationLog(std::string path) : path_(std::move(path)) {
  if (!std::filesystem::exists(path_)) return;
  std::ifstream file(path_);
  std::string line;
  if (!std::getline(file, line) || line != titles)
    throw UserError(fmt::format("{}: is no list of evaluated networks, and would be replaced by one", path_));
  while (std::getline(file, line)) {
    std::size_t at = 0;
    const std::string name = next_field(line, at);
    FinishedEvaluation each;
    parse(next_field(line, at), each.accumulator_bits);
    parse(next_field(line, at), each.right);
    parse(next_field(line, at), each.pictures);
    each.input_size = next_field(line, at);
    next_field(line, at);
    each.network = unquoted(line.substr(at));
    if (line_of(name, each) == line) finished_[name] = each;
  }
}

const FinishedEvaluation* EvaluationLog::find(std::uint64_t fingerprint) const {
  const auto found = finished_.find(name_of(fingerprint));
  return found == finished_.end() ? nullptr : &found->second;
}

void EvaluationLog::add(std::uint64_t fingerprint, FinishedEvaluation finished) {
  finished_[name_of(fingerprint)] = std::move(finished);
  std::string text = std::string(titles) + "\n";
  for (const auto& [name, each] : finished_) text += line_of(name, each) + "\n";
  OutputFile(path_).write(text);
}

}  // namespace ernsim
