package dev.plumbline.inspect;

import dev.plumbline.artifact.FileFormat;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.Provenance;
import dev.plumbline.steer.ModelSettings;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Gathers what inspectors find. */
final class Findings {

    /** More parts than these are counted and not named. */
    private static final int MOST_ENTRIES = 400;
    /** The same thing may be wrong with each of a thousand tensors. */
    private static final int MOST_SUSPICIONS = 40;

    private final Path path;
    private final List<Inspection.Fact> facts = new ArrayList<>();
    private final List<Inspection.Entry> entries = new ArrayList<>();
    private final List<String> suspicions = new ArrayList<>();
    private String kind = "unknown";
    private int unnamedEntries;
    private int untoldSuspicions;

    Findings(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    void kind(String found) {
        kind = found;
    }

    void fact(String name, Object value) {
        facts.add(new Inspection.Fact(name, String.valueOf(value)));
    }

    void entry(String name, Object type, String note) {
        if (entries.size() < MOST_ENTRIES) {
            entries.add(new Inspection.Entry(name, String.valueOf(type), note));
        } else {
            unnamedEntries++;
        }
    }

    void suspect(String suspicion) {
        if (suspicions.size() < MOST_SUSPICIONS) {
            suspicions.add(suspicion);
        } else {
            untoldSuspicions++;
        }
    }

    /** What to throw where the file cannot be read as text. */
    RuntimeException unreadable(IOException e) {
        return e instanceof CharacterCodingException || e instanceof CharConversionException
                ? new MalformedArtifactException(path, "is not valid UTF-8 text")
                : new UncheckedIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }

    void unknown() {
        suspect("it " + FileFormat.unknown(path));
    }

    void provenance(Provenance provenance) {
        fact("model", provenance.model());
        if (!provenance.source().equals(Provenance.UNKNOWN)) {
            fact("source", provenance.source());
        }
        fact("revision", provenance.revision());
        fact("site", provenance.point());
        fact("layers", ranges(provenance.layers()));
        fact("computed in", provenance.dtype());
        fact("chat template", provenance.templateHash());
        fact("method", provenance.method());
    }

    /** What the paper's authors chose for a model, or what is chosen in its place. */
    void settings(ModelSettings settings) {
        fact(
                "target layer",
                settings.targetLayer()
                        + settings.publishedModel()
                                .map(model -> " (published for " + model + ")")
                                .orElse(" (the middle one; the model is none of the paper's)"));
        settings.cappingExperiment().ifPresent(experiment -> fact("recommended cap", experiment));
    }

    Inspection finish() {
        if (unnamedEntries > 0) {
            fact("parts not listed", unnamedEntries);
        }
        if (untoldSuspicions > 0) {
            suspicions.add("and " + untoldSuspicions + " more of the kind");
        }
        if (Files.isRegularFile(path)) {
            try {
                facts.add(0, new Inspection.Fact("size", bytes(Files.size(path))));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the size of " + path, e);
            }
        }
        return new Inspection(path.toString(), kind, facts, entries, suspicions);
    }

    static String bytes(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = -1;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** {@code 0-5, 8}. */
    static String ranges(List<Integer> ascending) {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < ascending.size(); ) {
            int j = i;
            while (j + 1 < ascending.size() && ascending.get(j + 1) == ascending.get(j) + 1) {
                j++;
            }
            runs.add(i == j ? ascending.get(i).toString() : ascending.get(i) + "-" + ascending.get(j));
            i = j + 1;
        }
        return runs.stream().collect(Collectors.joining(", "));
    }
}
