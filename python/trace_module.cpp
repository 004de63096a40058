#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <memory>

#include "traces/elements.h"
#include "traces/reader.h"

// ernsim._trace: the reader of traces for Python; _trace.pyi says what it has.

namespace ernsim::traces {

namespace {

namespace py = pybind11;

/// A run, and what its words are.
struct ChannelRun {
  Run run;
  const Channel& channel;  ///< of the reader, which the iterator keeps

  std::size_t words() const { return run.hashed ? 0 : run.count; }
};

template <class Value>
py::array_t<Value> array(const std::vector<Value>& values) {
  return py::array_t<Value>(static_cast<py::ssize_t>(values.size()), values.data());
}

py::array_t<std::uint8_t> words_of(const ChannelRun& made) {
  return py::array_t<std::uint8_t>({made.words(), made.channel.word_bytes}, made.run.data.data());
}

template <class Value>
py::array elements(const ChannelRun& made) {
  const std::size_t rows = made.words(), columns = elements_of(made.channel);
  py::array_t<Value> values({rows, columns});
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t e = 0; e < columns; ++e)
      *values.mutable_data(row, e) =
          static_cast<Value>(element_at(made.channel, made.run.data.data() + row * made.channel.word_bytes, e));
  return values;
}

py::array values_of(const ChannelRun& made) {
  if (made.channel.kind == WordKind::sums) return elements<std::int16_t>(made);
  if (made.channel.kind == WordKind::codes) return elements<std::uint8_t>(made);
  return words_of(made);
}

struct Runs {
  RunCursor cursor;
  const Channel& channel;

  ChannelRun next() {
    auto run = cursor.next();
    if (!run) throw py::stop_iteration();
    return {std::move(*run), channel};
  }
};

std::unique_ptr<Runs> runs_of(const Reader& reader, std::size_t channel) {
  if (channel >= reader.header().channels.size()) throw py::index_error("no such channel");
  return std::make_unique<Runs>(Runs{RunCursor(reader, channel), reader.header().channels[channel]});
}

std::vector<std::string> layers_of(const Reader& reader) {
  std::vector<std::string> names;
  for (const TracedLayer& layer : reader.header().layers) names.push_back(layer.name);
  return names;
}

std::map<std::string, std::string> parameters_of(const Reader& reader) {
  return {reader.header().parameters.begin(), reader.header().parameters.end()};
}

/// What is wrong with a file is said as everywhere in the package.
void raise_as_input_error(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const TraceError& error) {
    const py::object type = py::module_::import("ernsim.errors").attr("InputError");
    PyErr_SetString(type.ptr(), error.what());
  }
}

void add_runs(py::module_& module) {
  py::class_<Channel>(module, "Channel")
      .def_readonly("name", &Channel::name)
      .def_readonly("word_bytes", &Channel::word_bytes)
      .def_property_readonly("kind", [](const Channel& channel) { return name_of(channel.kind); })
      .def_readonly("timing", &Channel::timing);
  const auto context = [](std::uint16_t RunContext::*part) {
    return [part](const ChannelRun& made) { return made.run.context.*part; };
  };
  py::class_<ChannelRun>(module, "Run")
      .def("__len__", [](const ChannelRun& made) { return made.run.count; })
      .def_property_readonly("cycles", [](const ChannelRun& made) { return array(made.run.cycles); })
      .def_property_readonly("addresses", [](const ChannelRun& made) { return array(made.run.addresses); })
      .def_property_readonly("words", &words_of)
      .def_property_readonly("values", &values_of)
      .def_property_readonly("layer",
                             [](const ChannelRun& made) {
                               const RunContext& at = made.run.context;
                               return at.known ? std::optional<int>(at.layer) : std::nullopt;
                             })
      .def_property_readonly("block", context(&RunContext::block))
      .def_property_readonly("row", context(&RunContext::row))
      .def_property_readonly("column", context(&RunContext::column))
      .def_property_readonly("tile_columns", context(&RunContext::tile_columns))
      .def_property_readonly("hashed", [](const ChannelRun& made) { return made.run.hashed; })
      .def_property_readonly("hash_of_values", [](const ChannelRun& made) { return made.run.hash.values; })
      .def_property_readonly("hash_of_cycles", [](const ChannelRun& made) { return made.run.hash.cycles; });
}

void add_reader(py::module_& module) {
  py::class_<Runs>(module, "Runs")
      .def("__iter__", [](py::object self) { return self; })
      .def("__next__", &Runs::next, py::keep_alive<0, 1>());
  py::class_<Reader>(module, "Reader")
      .def(py::init<const std::string&>(), py::arg("file"))
      .def_property_readonly("network", [](const Reader& reader) { return reader.header().network; })
      .def_property_readonly("platform", [](const Reader& reader) { return reader.header().platform; })
      .def_property_readonly("clock_period_ps", [](const Reader& reader) { return reader.header().clock_period_ps; })
      .def_property_readonly("block_channels", [](const Reader& reader) { return reader.header().block_channels; })
      .def_property_readonly("parameters", &parameters_of)
      .def_property_readonly("channels", [](const Reader& reader) { return reader.header().channels; })
      .def_property_readonly("layers", &layers_of)
      .def_property_readonly("damage", &Reader::damage)
      .def_property_readonly("beats", &Reader::beats)
      .def("runs", &runs_of, py::arg("channel"), py::keep_alive<0, 1>());
}

}  // namespace

}  // namespace ernsim::traces

PYBIND11_MODULE(_trace, module) {
  module.doc() = "Reader of golden traces.";
  pybind11::register_exception_translator(&ernsim::traces::raise_as_input_error);
  ernsim::traces::add_runs(module);
  ernsim::traces::add_reader(module);
}
