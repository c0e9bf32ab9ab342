package dev.plumbline.pipeline;

import dev.plumbline.artifact.Provenance;
import dev.plumbline.capture.Compat;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Sampling;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model as manifests name it.
 *
 * @param model stays the caller's to close
 * @param name given by the caller
 */
public record ModelName(LanguageModel model, String name) {

    /** All that its responses depend on but sampling. */
    public SortedMap<String, String> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("model", name);
        parameters.put("revision", revision());
        parameters.put("dtype", model.dtype().name());
        parameters.put("device", model.device().kind().name());
        parameters.put("template hash", model.chatFormat().template().hash());
        parameters.put("thinking", model.chatFormat().thinking().name());
        return parameters;
    }

    /** All that its responses depend on but prompts and seeds. */
    public SortedMap<String, String> parameters(Sampling sampling) {
        SortedMap<String, String> parameters = parameters();
        parameters.put("temperature", Double.toString(sampling.temperature()));
        parameters.put("top p", Double.toString(sampling.topP()));
        parameters.put("top k", Integer.toString(sampling.topK()));
        parameters.put("max tokens", Integer.toString(sampling.maxTokens()));
        return parameters;
    }

    CaptureSetup setup(ResponseCapture capture, Compat compat) {
        return new CaptureSetup(
                name,
                revision(),
                model.dtype(),
                model.chatFormat().template().hash(),
                capture.layers(),
                compat,
                model.source().orElse(Provenance.UNKNOWN));
    }

    private String revision() {
        return model.checkpoint().identity();
    }
}
