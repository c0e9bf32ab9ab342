package dev.plumbline.artifact;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Site;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.CappingExperiment;
import dev.plumbline.tensor.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The schema of a capping configuration. Nothing may be missing and nothing left over but remarks: any other key that is not
 * understood could change what an intervention does.
 */
final class CappingConfigFormat {

    /** Keys that describe and do nothing. They are passed over, and named in the provenance. */
    private static final Set<String> REMARKS = Set.of(
            "name", "description", "notes", "comment", "metadata", "model", "model_name", "source", "version", "date");

    private static final String UNREAD = "unread";

    private static final Pattern LAYER_IN_NAME = Pattern.compile("layer_(\\d{1,9})/.*");

    private final Path file;
    private final Set<String> unread = new TreeSet<>();

    private CappingConfigFormat(Path file) {
        this.file = file;
    }

    /** @param provenance asked for when the rest is understood: what lies beside another kind of file is none */
    static CappingConfig read(Path file, PtValue root, Supplier<Map<String, String>> provenance) {
        CappingConfigFormat format = new CappingConfigFormat(file);
        PtValue.Dict config = format.dictWithRemarks(root, "its content", "file", Set.of("vectors", "experiments"));
        Map<String, Direction> vectors = new LinkedHashMap<>();
        format.dict(format.member(config, "vectors", "its content"), "vectors")
                .forEach((name, vector) -> vectors.put(name, format.vector(name, vector)));
        List<CappingExperiment> experiments = new ArrayList<>();
        for (PtValue experiment : format.list(format.member(config, "experiments", "its content"), "experiments")) {
            experiments.add(format.experiment(experiment, "experiment " + experiments.size()));
        }
        Map<String, String> known = new LinkedHashMap<>(provenance.get());
        if (!format.unread.isEmpty()) {
            known.put(UNREAD, String.join(", ", format.unread));
        }
        try {
            return new CappingConfig(vectors, experiments, known);
        } catch (IllegalArgumentException e) {
            throw format.malformed("its parts do not fit: " + e.getMessage());
        }
    }

    private Direction vector(String name, PtValue value) {
        String where = "vector " + name;
        PtValue.Dict dict = dictWithRemarks(value, where, "vector", Set.of("vector", "layer"));
        int layer = layer(name, member(dict, "layer", where));
        PtValue vector = member(dict, "vector", where);
        if (!(vector instanceof PtTensor tensor)
                || tensor.shape().length != 1
                || !tensor.dtype().isFloatingPoint()) {
            throw malformed(where + " is " + brief(vector) + "; expected a floating-point tensor [d_model]");
        }
        try {
            return new Direction(Site.residPost(layer), tensor.data().toFloats());
        } catch (IllegalArgumentException e) {
            throw malformed(where + ": " + e.getMessage());
        }
    }

    private int layer(String name, PtValue value) {
        if (!(value instanceof PtValue.Int layer) || layer.value() < 0 || layer.value() > Integer.MAX_VALUE) {
            throw malformed("vector " + name + " has the layer " + brief(value) + "; expected a number from 0 on");
        }
        Matcher named = LAYER_IN_NAME.matcher(name);
        if (named.matches() && Long.parseLong(named.group(1)) != layer.value()) {
            throw malformed("vector " + name + " is of layer " + layer.value() + "; its name says otherwise");
        }
        return (int) layer.value();
    }

    private CappingExperiment experiment(PtValue value, String position) {
        PtValue.Dict dict = dictWithRemarks(value, position, "experiment", Set.of("id", "interventions"));
        String id = id(member(dict, "id", position), position);
        String where = "experiment " + id;
        List<CappingExperiment.Entry> entries = new ArrayList<>();
        for (PtValue entry : list(member(dict, "interventions", where), where)) {
            entries.add(entry(entry, "intervention " + entries.size() + " of " + where));
        }
        try {
            return new CappingExperiment(id, entries);
        } catch (IllegalArgumentException e) {
            throw malformed(position + ": " + e.getMessage());
        }
    }

    /** Experiments are named by text or by number. */
    private String id(PtValue value, String position) {
        if (value instanceof PtValue.Text text) {
            return text.value();
        }
        if (value instanceof PtValue.Int number) {
            return Long.toString(number.value());
        }
        throw malformed(position + " has " + brief(value) + " as its id; expected text or a whole number");
    }

    private CappingExperiment.Entry entry(PtValue value, String where) {
        PtValue.Dict dict = dict(value, where, Set.of("vector", "cap", "coeff"));
        if (!(member(dict, "vector", where) instanceof PtValue.Text vector)) {
            throw malformed(where + " names no vector");
        }
        boolean caps = dict.get("cap").isPresent();
        if (caps == dict.get("coeff").isPresent()) {
            throw malformed(where + " has " + (caps ? "both" : "neither") + " 'cap' " + (caps ? "and" : "nor")
                    + " 'coeff'; expected one of them");
        }
        String key = caps ? "cap" : "coeff";
        double number = number(member(dict, key, where), where + " has as '" + key + "' ");
        try {
            return caps
                    ? new CappingExperiment.Ceiling(vector.value(), number)
                    : new CappingExperiment.Steering(vector.value(), number);
        } catch (IllegalArgumentException e) {
            throw malformed(where + ": " + e.getMessage());
        }
    }

    private double number(PtValue value, String what) {
        if (value instanceof PtValue.Int number) {
            return number.value();
        }
        if (value instanceof PtValue.Real number) {
            return number.value();
        }
        if (value instanceof PtTensor tensor
                && tensor.shape().length == 0
                && tensor.dtype().isFloatingPoint()) {
            return tensor.data().toFloats()[0];
        }
        throw malformed(what + brief(value) + "; expected a number");
    }

    private PtValue.Dict dictWithRemarks(PtValue value, String where, String kind, Set<String> read) {
        Set<String> remarks = new TreeSet<>(dict(value, where).keySet());
        remarks.retainAll(REMARKS);
        remarks.forEach(remark -> unread.add(kind + "." + remark));
        Set<String> allowed = new TreeSet<>(read);
        allowed.addAll(remarks);
        return dict(value, where, allowed);
    }

    private PtValue.Dict dict(PtValue value, String where, Set<String> allowed) {
        Set<String> unknown = new TreeSet<>(dict(value, where).keySet());
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            throw malformed(where + " has " + unknown + ", of unknown meaning; expected " + new TreeSet<>(allowed));
        }
        return (PtValue.Dict) value;
    }

    private Map<String, PtValue> dict(PtValue value, String where) {
        if (!(value instanceof PtValue.Dict dict)) {
            throw malformed(where + " is " + brief(value) + "; expected a dict");
        }
        Map<String, PtValue> entries = new LinkedHashMap<>();
        dict.entries().forEach((key, entry) -> {
            if (!(key instanceof PtValue.Text name)) {
                throw malformed(where + " has the key " + brief(key) + "; expected names");
            }
            entries.put(name.value(), entry);
        });
        return entries;
    }

    private PtValue member(PtValue.Dict dict, String key, String where) {
        return dict.get(key).orElseThrow(() -> malformed(where + " has no '" + key + "'"));
    }

    private List<PtValue> list(PtValue value, String where) {
        if (value instanceof PtValue.Sequence sequence) {
            return sequence.items();
        }
        throw malformed(where + ": found " + brief(value) + "; expected a list");
    }

    private MalformedArtifactException malformed(String problem) {
        return new MalformedArtifactException(file, problem);
    }

    /** A value in a few words: its content can be large. */
    private static String brief(PtValue value) {
        String text = value instanceof PtTensor || value instanceof PtValue.Scalar
                ? value.toString()
                : "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    static PtValue.Dict write(CappingConfig config) {
        Map<String, PtValue> vectors = new LinkedHashMap<>();
        config.vectors().forEach((name, vector) -> vectors.put(name, vector(name, vector)));
        return PtValue.Dict.of(ordered(
                "vectors",
                PtValue.Dict.of(vectors),
                "experiments",
                new PtValue.Sequence(config.experiments().stream()
                        .map(CappingConfigFormat::experiment)
                        .toList())));
    }

    private static PtValue vector(String name, Direction vector) {
        Site site = vector.site();
        if (!site.equals(Site.residPost(site.layer()))) {
            throw new IllegalArgumentException(
                    "Vector " + name + " is at " + site + "; a capping configuration knows outputs of blocks only");
        }
        TensorData data = TensorData.ofFloats(vector.vector(), vector.dModel());
        return PtValue.Dict.of(ordered("vector", PtTensor.of(data), "layer", new PtValue.Int(site.layer())));
    }

    private static PtValue experiment(CappingExperiment experiment) {
        List<PtValue> interventions =
                experiment.entries().stream().map(CappingConfigFormat::entry).toList();
        return PtValue.Dict.of(
                ordered("id", new PtValue.Text(experiment.id()), "interventions", new PtValue.Sequence(interventions)));
    }

    private static PtValue entry(CappingExperiment.Entry entry) {
        PtValue vector = new PtValue.Text(entry.vector());
        if (entry instanceof CappingExperiment.Ceiling ceiling) {
            return PtValue.Dict.of(ordered("vector", vector, "cap", new PtValue.Real(ceiling.cap())));
        }
        double coefficient = ((CappingExperiment.Steering) entry).coefficient();
        return PtValue.Dict.of(ordered("vector", vector, "coeff", new PtValue.Real(coefficient)));
    }

    private static Map<String, PtValue> ordered(String key1, PtValue value1, String key2, PtValue value2) {
        Map<String, PtValue> map = new LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }
}
