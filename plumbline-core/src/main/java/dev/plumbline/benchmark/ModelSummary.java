package dev.plumbline.benchmark;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.model.ModelConfig;

/**
 * What was measured.
 *
 * @param architecture as config.json names it
 * @param layers L
 * @param dModel D
 * @param vocabSize V
 * @param dtype of weights and activations
 * @param device that computed
 * @param layout of bf16 weights on the CPU, tiles for batches or rows for one sequence
 * @param lanes batches that reading and generating compute side by side; prefill is measured in one
 */
public record ModelSummary(
        String architecture,
        int layers,
        int dModel,
        int vocabSize,
        String dtype,
        String device,
        String layout,
        int lanes) {

    static ModelSummary of(LanguageModel model) {
        ModelConfig config = model.config();
        return new ModelSummary(
                model.checkpoint().config().path("architectures").path(0).asText(),
                config.nLayers(),
                config.dModel(),
                config.vocabSize(),
                model.dtype().name().toLowerCase(java.util.Locale.ROOT),
                model.device().toString(),
                model.layout().name().toLowerCase(java.util.Locale.ROOT),
                model.lanes());
    }
}
