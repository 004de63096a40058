#include "models/accelerator/accelerator.h"

namespace ernsim {

Accelerator::WordBytes::WordBytes(const AcceleratorConfig& config) {
  const std::int64_t block = config.convolution.block_channels;
  codes = block / 4;
  weights = config.convolution.lanes * block / 8;
  thresholds = block * 8;
  sums = block * 2;
}

Accelerator::Accelerator(sc_core::sc_module_name name, EngineModule& engine, const AcceleratorConfig& config,
                         Observer* observer, bool data, Observer* values, PortObserver* ports,
                         const Replacements& replacements, std::size_t layer_count)
    : sc_module(name),
      word_bytes_(config),
      layer_count_(layer_count),
      semaphores_(config.control.semaphore_cycles),
      activations_("activations", config.memory.activations_words, word_bytes_.codes),
      weights_("weights", config.memory.weights_words, word_bytes_.weights),
      thresholds_("thresholds", config.memory.thresholds_entries, word_bytes_.thresholds),
      accumulators_("accumulators", config.memory.accumulators_words, word_bytes_.sums),
      residuals_("residuals", config.memory.residuals_words, word_bytes_.sums),
      results_("results", config.memory.results_words, word_bytes_.sums),
      embedding_(config.pixel_embedding, static_cast<int>(config.convolution.block_channels)),
      interconnect_("interconnect", config.clock(), config.interconnect),
      link_(port_link(config.clock(), config.interconnect)),
      control_("control", engine, config.clock(), config.control, config.interconnect.port_width_bytes, semaphores_,
               pool_),
      context_{config.clock(), semaphores_, control_.control(), observer, data, ports},
      load_activations_("load_activations", UnitId::load_activations, InitiatorId::load_activations, context_,
                        config.dma, link_, pool_, &embedding_),
      load_weights_("load_weights", UnitId::load_weights, InitiatorId::load_weights, context_, config.dma, link_,
                    pool_),
      load_thresholds_("load_thresholds", UnitId::load_thresholds, InitiatorId::load_thresholds, context_, config.dma,
                       link_, pool_),
      load_residuals_("load_residuals", UnitId::load_residuals, InitiatorId::load_residuals, context_, config.dma,
                      link_, pool_, &residual_sink_),
      convolution_("convolution", context_, config.convolution, config.memory, replacements.convolution),
      quantization_("quantization", context_, config.quantization, config.convolution, config.memory,
                    replacements.quantization),
      store_("store", context_, config.dma, link_, pool_) {
  if (values != nullptr) {
    embedding_.set_observer(values);
    quantization_.unit().show_values(*values);
  }
  if (ports != nullptr) {
    semaphores_.observe(*ports);
    control_.control().observe(*ports);
  }
  bind_memories();
  load_activations_.unit().buffer(config.pixel_embedding.buffer_beats);
  if (config.memory.activations_write_ports == 1) {
    load_activations_.unit().share(activations_port_);
    quantization_.unit().share(activations_port_);
  }
  engine.add(interconnect_.clocked());
  for (std::size_t i = 0; i < unit_count; ++i) {
    InstructionUnit& each = unit(static_cast<UnitId>(i));
    control_.control().attach(each);
    engine.add(each);
  }
  control_.on_start = [this](Cycle now) { start_frame(now); };
  control_.on_finish = [this](Cycle now) { finish_frame(now); };
}

void Accelerator::bind_memories() {
  const auto burst_port = [this](BurstInitiator& bursts, InitiatorId id) {
    bursts.socket.bind(*interconnect_.initiators_in[static_cast<std::size_t>(id)]);
  };
  burst_port(load_activations_.bursts_out, InitiatorId::load_activations);
  burst_port(load_weights_.bursts_out, InitiatorId::load_weights);
  burst_port(load_thresholds_.bursts_out, InitiatorId::load_thresholds);
  burst_port(load_residuals_.bursts_out, InitiatorId::load_residuals);
  burst_port(store_.bursts_out, InitiatorId::store);
  burst_port(control_.bursts_out, InitiatorId::control);

  load_activations_.memory_out.socket.bind(activations_.access_in);
  load_weights_.memory_out.socket.bind(weights_.access_in);
  load_thresholds_.memory_out.socket.bind(thresholds_.access_in);
  load_residuals_.memory_out.socket.bind(residuals_.access_in);
  convolution_.activations_in.socket.bind(activations_.access_in);
  convolution_.weights_in.socket.bind(weights_.access_in);
  convolution_.accumulators.socket.bind(accumulators_.access_in);
  quantization_.accumulators_in.socket.bind(accumulators_.access_in);
  quantization_.residuals_in.socket.bind(residuals_.access_in);
  quantization_.thresholds_in.socket.bind(thresholds_.access_in);
  quantization_.codes_out.socket.bind(activations_.access_in);
  quantization_.sums_out.socket.bind(results_.access_in);
  store_.codes_in.socket.bind(activations_.access_in);
  store_.sums_in.socket.bind(results_.access_in);
}

void Accelerator::end_of_elaboration() {
  const auto codes = static_cast<std::size_t>(word_bytes_.codes), sums = static_cast<std::size_t>(word_bytes_.sums);
  const auto weights = static_cast<std::size_t>(word_bytes_.weights);
  const auto thresholds = static_cast<std::size_t>(word_bytes_.thresholds);
  load_activations_.attach(codes);
  embedding_.attach(load_activations_.memory_out.view(codes));
  load_weights_.attach(weights);
  load_thresholds_.attach(thresholds);
  residual_sink_.attach(load_residuals_.memory_out.view(sums));
  convolution_.attach(codes, weights, sums);
  quantization_.attach(sums, thresholds, codes);
  store_.attach(codes, sums);
}

InstructionUnit& Accelerator::unit(UnitId id) {
  switch (id) {
    case UnitId::load_activations:
      return load_activations_.unit();
    case UnitId::load_weights:
      return load_weights_.unit();
    case UnitId::load_thresholds:
      return load_thresholds_.unit();
    case UnitId::load_residuals:
      return load_residuals_.unit();
    case UnitId::convolution:
      return convolution_.unit();
    case UnitId::quantization:
      return quantization_.unit();
    default:
      return store_.unit();
  }
}

void Accelerator::set_embedding() {
  const auto value = [this](Register base, std::size_t i) {
    return control_.control().read_register(static_cast<std::size_t>(base) + i);
  };
  std::vector<EmbeddingThresholds> thresholds(
      std::min<std::size_t>(value(Register::embedding_codes, 0), max_embedding_codes));
  for (std::size_t i = 0; i < thresholds.size(); ++i)
    for (std::size_t t = 0; t < 3; ++t)
      thresholds[i][t] = static_cast<std::uint8_t>(value(Register::embedding_thresholds, i) >> 8 * t);
  embedding_.set_thresholds(thresholds);
}

void Accelerator::start_frame(Cycle now) {
  if (context_.observer != nullptr) context_.observer->frame_started(now);
  set_embedding();
  for (std::size_t i = 0; i < unit_count; ++i) {
    const auto count = static_cast<std::size_t>(Register::stream_count) + i;
    unit(static_cast<UnitId>(i)).begin(now, layer_count_, control_.control().read_register(count) != 0);
  }
}

void Accelerator::finish_frame(Cycle now) {
  for (std::size_t i = 0; i < unit_count; ++i) unit(static_cast<UnitId>(i)).close(now);
  if (on_frame_finished) on_frame_finished(now);
}

}  // namespace ernsim
