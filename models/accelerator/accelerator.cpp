#include "models/accelerator/accelerator.h"

namespace ernsim {

Accelerator::Accelerator(sc_core::sc_module_name name, const AcceleratorConfig& config,
                         const AcceleratorOptions& options)
    : sc_module(name),
      word_bytes_(config.convolution),
      layer_count_(options.layer_count),
      frames_(options.frames),
      own_engine_(options.engine == nullptr
                      ? std::make_unique<EngineModule>("engine", options.engine_kind, options.look_ahead)
                      : nullptr),
      engine_(options.engine == nullptr ? *own_engine_ : *options.engine),
      semaphores_(config.control.semaphore_cycles),
      activations_("activations", config.memory.activations_words, word_bytes_.codes()),
      weights_("weights", config.memory.weights_words, word_bytes_.signs()),
      thresholds_("thresholds", config.memory.thresholds_entries, word_bytes_.thresholds()),
      accumulators_("accumulators", config.memory.accumulators_words, word_bytes_.sums()),
      residuals_("residuals", config.memory.residuals_words, word_bytes_.sums()),
      results_("results", config.memory.results_words, word_bytes_.sums()),
      embedding_(config.pixel_embedding, static_cast<int>(config.convolution.block_channels)),
      interconnect_("interconnect", config.clock(), config.interconnect),
      link_(port_link(config.clock(), config.interconnect)),
      control_("control", engine_, config, semaphores_, pool_, *this),
      context_{config.clock(), semaphores_, control_.control(), options.observer, options.data, options.ports},
      load_activations_("load_activations", load_path(UnitId::load_activations, config), context_, config.dma, pool_,
                        options.makers),
      load_weights_("load_weights", load_path(UnitId::load_weights, config), context_, config.dma, pool_,
                    options.makers),
      load_thresholds_("load_thresholds", load_path(UnitId::load_thresholds, config), context_, config.dma, pool_,
                       options.makers),
      load_residuals_("load_residuals", load_path(UnitId::load_residuals, config), context_, config.dma, pool_,
                      options.makers),
      convolution_("convolution", context_, config.convolution, config.memory, options.makers),
      quantization_("quantization", context_, config.quantization, config.convolution, config.memory, options.makers),
      store_("store", context_, config.dma, link_, pool_, options.makers) {
  if (options.values != nullptr) {
    embedding_.set_observer(options.values);
    quantization_.unit().show_values(*options.values);
  }
  if (options.ports != nullptr) {
    semaphores_.observe(*options.ports);
    control_.control().observe(*options.ports);
  }
  bind_memories();
  if (config.memory.activations_write_ports == 1) {
    load_activations_.unit().share(activations_port_);
    quantization_.unit().share(activations_port_);
  }
  engine_.add(interconnect_.clocked());
  for (const UnitId id : each<UnitId>()) {
    control_.control().attach(unit(id));
    engine_.add(unit(id));
  }
  for (auto* ports : {&interconnect_.reads_out, &interconnect_.writes_out})
    for (auto& port : *ports) {
      if (config.interconnect.loosely_timed) port->use_blocking();
      if (config.interconnect.loosely_timed || own_engine_ != nullptr) port->calls_out_of(engine_);
    }
}

/// Images are embedded on their way into A, and residuals unpacked on theirs into R, over a wider port.
LoadPath Accelerator::load_path(UnitId unit, const AcceleratorConfig& config) {
  LoadPath path;
  path.unit = unit;
  path.initiator = static_cast<InitiatorId>(unit);  // in the same order
  path.link = link_;
  if (unit == UnitId::load_activations) {
    path.sink = &embedding_;
    path.buffer_beats = config.pixel_embedding.buffer_beats;
  } else if (unit == UnitId::load_residuals) {
    path.sink = &residual_sink_;
  }
  return path;
}

void Accelerator::bind_memories() {
  const auto burst_port = [this](BurstInitiator& bursts, InitiatorId id) {
    bursts.socket.bind(*interconnect_.initiators_in[id]);
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
  const std::size_t codes = word_bytes_.codes(), sums = word_bytes_.sums();
  const std::size_t weights = word_bytes_.signs(), thresholds = word_bytes_.thresholds();
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
  const Control& control = control_.control();
  std::vector<EmbeddingThresholds> thresholds(
      std::min<std::size_t>(control.value(Register::embedding_codes), max_embedding_codes));
  for (std::size_t i = 0; i < thresholds.size(); ++i)
    for (std::size_t t = 0; t < 3; ++t)
      thresholds[i][t] = static_cast<std::uint8_t>(control.value(Register::embedding_thresholds, i) >> 8 * t);
  embedding_.set_thresholds(thresholds);
}

void Accelerator::frame_started(Cycle now, std::uint64_t base_address) {
  if (context_.observer != nullptr) context_.observer->frame_started(now);
  set_embedding();
  move_to(base_address);
  for (const UnitId id : each<UnitId>()) {
    const bool has_stream = control_.control().value(Register::stream_count, index_of(id)) != 0;
    unit(id).begin(now, layer_count_, has_stream);
  }
}

void Accelerator::frame_finished(Cycle now) {
  for (const UnitId id : each<UnitId>()) unit(id).close(now);
  if (frames_ != nullptr) frames_->frame_finished(now);
}

void Accelerator::stood_still(Cycle) {
  activations_port_.clear();
  interconnect_.reset();
}

void Accelerator::move_to(std::uint64_t base_address) {
  for (BurstInitiator* bursts : {&load_activations_.bursts_out, &load_weights_.bursts_out, &load_thresholds_.bursts_out,
                                 &load_residuals_.bursts_out, &store_.bursts_out, &control_.bursts_out})
    bursts->move_to(base_address);
}

}  // namespace ernsim
