#pragma once

#include <random>
#include <string>

#include "import/onnx_tensor.h"

namespace ernsim::test {

/// Changes files as damage and careless tools do; the same for a seed.
class OnnxMutator {
 public:
  explicit OnnxMutator(std::uint32_t seed) : random_(seed) {}

  /// A part of the file, one to four of its bytes changed, or one to three of its fields.
  std::string mutated(const onnx::ModelProto& model);

 private:
  using Message = google::protobuf::Message;
  using Field = google::protobuf::FieldDescriptor;

  std::size_t below(std::size_t end) { return random_() % end; }
  void change_bytes(std::string& bytes);
  /// A field of the message, or of one that it holds, at any depth.
  void change_field(Message& message);
  void change_list(Message& message, const Field& field);
  void set_value(Message& message, const Field& field);
  Message* held(Message& message, const Field& field);
  std::int64_t integer();
  double decimal();
  std::string text();

  std::mt19937 random_;
};

}  // namespace ernsim::test
