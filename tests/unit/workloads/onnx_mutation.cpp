#include "tests/unit/workloads/onnx_mutation.h"

#include <limits>

namespace ernsim::test {

std::string OnnxMutator::mutated(const onnx::ModelProto& model) {
  const std::size_t kind = below(6);
  if (kind >= 2) {
    onnx::ModelProto changed = model;
    for (std::size_t changes = 1 + below(3); changes > 0; --changes) change_field(changed);
    return changed.SerializeAsString();
  }
  std::string bytes = model.SerializeAsString();
  if (kind == 0)
    bytes.resize(below(bytes.size()));
  else
    change_bytes(bytes);
  return bytes;
}

void OnnxMutator::change_bytes(std::string& bytes) {
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    char& byte = bytes[below(bytes.size())];
    byte = below(2) == 0 ? static_cast<char>(random_()) : static_cast<char>(byte + 1);
  }
}

void OnnxMutator::change_field(Message& message) {
  const auto& descriptor = *message.GetDescriptor();
  const auto& reflection = *message.GetReflection();
  std::vector<const Field*> present;
  reflection.ListFields(message, &present);
  constexpr std::size_t most_of_all = 8;  // go deeper, or change something that is there, or something that is not
  const Field& field =
      !present.empty() && below(most_of_all) != 0
          ? *present[below(present.size())]
          : *descriptor.field(static_cast<int>(below(static_cast<std::size_t>(descriptor.field_count()))));
  Message* const inner = below(most_of_all) != 0 ? held(message, field) : nullptr;
  if (inner != nullptr) return change_field(*inner);
  if (field.is_repeated()) return change_list(message, field);
  if (below(4) == 0) return reflection.ClearField(&message, &field);
  set_value(message, field);
}

/// Null if the field holds no message.
google::protobuf::Message* OnnxMutator::held(Message& message, const Field& field) {
  const auto& reflection = *message.GetReflection();
  if (field.cpp_type() != Field::CPPTYPE_MESSAGE) return nullptr;
  if (!field.is_repeated()) return reflection.MutableMessage(&message, &field);
  const int size = reflection.FieldSize(message, &field);
  if (size == 0) return nullptr;
  return reflection.MutableRepeatedMessage(&message, &field, static_cast<int>(below(static_cast<std::size_t>(size))));
}

/// Loses, repeats, exchanges or gets an element.
void OnnxMutator::change_list(Message& message, const Field& field) {
  const auto& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  const auto any = [&] { return static_cast<int>(below(static_cast<std::size_t>(size))); };
  if (size == 0 || below(3) == 0) {
    set_value(message, field);
  } else if (below(2) == 0) {
    reflection.SwapElements(&message, &field, any(), size - 1);
    reflection.RemoveLast(&message, &field);
  } else {
    reflection.SwapElements(&message, &field, any(), any());
  }
}

/// Of a list: one more.
void OnnxMutator::set_value(Message& message, const Field& field) {
  const auto& reflection = *message.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case Field::CPPTYPE_INT32:
      return list ? reflection.AddInt32(&message, &field, static_cast<std::int32_t>(integer()))
                  : reflection.SetInt32(&message, &field, static_cast<std::int32_t>(integer()));
    case Field::CPPTYPE_INT64:
      return list ? reflection.AddInt64(&message, &field, integer()) : reflection.SetInt64(&message, &field, integer());
    case Field::CPPTYPE_UINT64:
      return list ? reflection.AddUInt64(&message, &field, static_cast<std::uint64_t>(integer()))
                  : reflection.SetUInt64(&message, &field, static_cast<std::uint64_t>(integer()));
    case Field::CPPTYPE_FLOAT:
      return list ? reflection.AddFloat(&message, &field, static_cast<float>(decimal()))
                  : reflection.SetFloat(&message, &field, static_cast<float>(decimal()));
    case Field::CPPTYPE_DOUBLE:
      return list ? reflection.AddDouble(&message, &field, decimal())
                  : reflection.SetDouble(&message, &field, decimal());
    case Field::CPPTYPE_STRING:
      return list ? reflection.AddString(&message, &field, text()) : reflection.SetString(&message, &field, text());
    case Field::CPPTYPE_ENUM:
      return list ? reflection.AddEnumValue(&message, &field, static_cast<int>(below(24)))
                  : reflection.SetEnumValue(&message, &field, static_cast<int>(below(24)));
    case Field::CPPTYPE_MESSAGE: {
      if (!list) return static_cast<void>(reflection.MutableMessage(&message, &field));
      const int size = reflection.FieldSize(message, &field);
      Message* const added = reflection.AddMessage(&message, &field);
      if (size > 0)
        added->CopyFrom(
            reflection.GetRepeatedMessage(message, &field, static_cast<int>(below(static_cast<std::size_t>(size)))));
      return;
    }
    default:
      return;
  }
}

std::int64_t OnnxMutator::integer() {
  constexpr std::int64_t chosen[] = {0,
                                     1,
                                     -1,
                                     2,
                                     3,
                                     7,
                                     11,
                                     32,
                                     2049,
                                     65537,
                                     1LL << 31,
                                     (1LL << 32) + 1,
                                     std::numeric_limits<std::int64_t>::max(),
                                     std::numeric_limits<std::int64_t>::min()};
  return below(3) == 0 ? static_cast<std::int64_t>(random_()) : chosen[below(std::size(chosen))];
}

double OnnxMutator::decimal() {
  const double chosen[] = {0.0,
                           -0.0,
                           1.0,
                           -1.0,
                           0.5,
                           1e-30,
                           1e30,
                           std::numeric_limits<double>::infinity(),
                           std::numeric_limits<double>::quiet_NaN()};
  return chosen[below(std::size(chosen))];
}

std::string OnnxMutator::text() {
  const char* const chosen[] = {"",
                                "image",
                                "Conv",
                                "Add",
                                "Mul",
                                "Div",
                                "Relu",
                                "Quant",
                                "BipolarQuant",
                                "lm",
                                "Identity",
                                "Reshape",
                                "Transpose",
                                "Cast",
                                "Concat",
                                "GlobalAveragePool",
                                "axis",
                                "axes",
                                "auto_pad",
                                "to",
                                "perm",
                                "logits",
                                "line\nbreak",
                                "Constant",
                                "BatchNormalization"};
  return chosen[below(std::size(chosen))];
}

}  // namespace ernsim::test
