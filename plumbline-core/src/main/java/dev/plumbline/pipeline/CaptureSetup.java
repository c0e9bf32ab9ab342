package dev.plumbline.pipeline;

import dev.plumbline.artifact.Provenance;
import dev.plumbline.capture.Compat;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a response mean depends on besides the conversation. Two sources with equal setups give means that may stand side by
 * side.
 *
 * @param model name or path of the model
 * @param revision which weights: a revision or digest
 * @param dtype that the model computes in
 * @param templateHash digest of the chat template
 * @param layers 0-based indices of the blocks whose outputs are averaged, ascending; the rows of a mean
 * @param compat whose rules say which tokens count and how means are rounded
 * @param source the model of the Hub and its commit, or {@value Provenance#UNKNOWN}: told, but no parameter, since a copy of
 *     the same checkpoint gives the same means
 */
public record CaptureSetup(
        String model,
        String revision,
        DType dtype,
        String templateHash,
        List<Integer> layers,
        Compat compat,
        String source) {

    private static final String SECTION = "activations";
    private static final String SOURCE = "source";

    public CaptureSetup {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("A capture of no layers");
        }
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) < 0 || (i > 0 && layers.get(i) <= layers.get(i - 1))) {
                throw new IllegalArgumentException("Layers must ascend from 0, found " + layers);
            }
        }
    }

    /** A setup by Plumbline's own rules, of a model of which no more is known. */
    public CaptureSetup(String model, String revision, DType dtype, String templateHash, List<Integer> layers) {
        this(model, revision, dtype, templateHash, layers, Compat.NONE, Provenance.UNKNOWN);
    }

    /** Records this, or checks that it is what is recorded. */
    void claimIn(RunManifest manifest) {
        manifest.claim(SECTION, parameters());
        if (!source.equals(Provenance.UNKNOWN)) {
            manifest.record(SOURCE, new TreeMap<>(Map.of("model", source)));
        }
    }

    /** What a manifest records. */
    static Optional<CaptureSetup> in(RunManifest manifest) {
        String source =
                manifest.section(SOURCE).map(section -> section.get("model")).orElse(Provenance.UNKNOWN);
        return manifest.section(SECTION).map(parameters -> of(parameters, source));
    }

    /** For the manifest, which says nothing of compatibility where there is none. */
    private SortedMap<String, String> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>(Map.of(
                "model",
                model,
                "revision",
                revision,
                "dtype",
                dtype.name(),
                "template hash",
                templateHash,
                "layers",
                layers.toString().replaceAll("[\\[\\] ]", "")));
        if (compat != Compat.NONE) {
            parameters.put("compat", compat.name());
        }
        return parameters;
    }

    private static CaptureSetup of(SortedMap<String, String> parameters, String source) {
        return new CaptureSetup(
                parameters.getOrDefault("model", Provenance.UNKNOWN),
                parameters.getOrDefault("revision", Provenance.UNKNOWN),
                DType.valueOf(parameters.getOrDefault("dtype", DType.F32.name())),
                parameters.getOrDefault("template hash", Provenance.UNKNOWN),
                Arrays.stream(parameters.getOrDefault("layers", "").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                Compat.valueOf(parameters.getOrDefault("compat", Compat.NONE.name())),
                source);
    }

    /** For the sidecar of a vector. */
    Provenance provenance(String method) {
        return new Provenance(model, revision, HookPoint.RESID_POST, layers, dtype, templateHash, method, source);
    }
}
