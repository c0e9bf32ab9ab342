package dev.plumbline.app.cli;

import dev.plumbline.artifact.AxisFile;
import dev.plumbline.artifact.NpyFile;
import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.pipeline.RunLayout;
import dev.plumbline.statistics.QuantileSketch;
import dev.plumbline.steer.ProjectionPopulation;
import dev.plumbline.study.ActivationPopulation;
import dev.plumbline.study.ConversationTokens;
import dev.plumbline.study.PopulationReader;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.Conversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Along which axis, and of what population, caps are calibrated. */
final class CalibrationOptions {
    /** So large that it never fills: every projection is held. */
    private static final int EXACT = 1 << 28;

    private static final String DEFAULT = "default";

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "Run directory: its axis.pt, and its activations or else its responses, read again with --model.")
    private @Nullable Path run;

    @Option(
            names = "--axis",
            paramLabel = "FILE",
            description = "axis.pt. Default: that of --run." + InputFile.OR_IN_HUB)
    private @Nullable InputFile axis;

    @Option(
            names = "--responses",
            paramLabel = "DIR",
            description = "<role>.jsonl files to read with --model. Default: those of --run.")
    private @Nullable Path responses;

    @Option(
            names = "--activations",
            paramLabel = "DIR",
            description = "<role>.pt files of response means, in place of reading responses.")
    private @Nullable Path activations;

    @Option(
            names = "--projections",
            paramLabel = "FILE",
            description = "A .npy file [n, L] of projections on the unit axis, in place of reading responses.")
    private @Nullable InputFile projections;

    @Option(
            names = "--population",
            split = ",",
            paramLabel = "ROLE",
            description =
                    "Only these roles' responses (\"default\" is the Assistant's own). Default: all, whatever their"
                            + " scores, as in the paper.")
    private List<String> population = List.of();

    @Option(
            names = "--tokens",
            defaultValue = "means",
            paramLabel = "WHAT",
            description = "means (one value per response, as in the paper), response (every token of it), prompt (every"
                    + " other token) or all. Default: ${DEFAULT-VALUE}.")
    private What tokens = What.MEANS;

    /** What makes up a population. */
    enum What {
        MEANS,
        RESPONSE,
        PROMPT,
        ALL;

        PopulationReader reader(LanguageModel model, AssistantAxis axis) {
            return switch (this) {
                case MEANS -> PopulationReader.ofMeans(model, axis, ConversationTokens.RESPONSE);
                case RESPONSE -> PopulationReader.ofTokens(model, axis, ConversationTokens.RESPONSE);
                case PROMPT -> PopulationReader.ofTokens(model, axis, ConversationTokens.PROMPT);
                case ALL -> PopulationReader.ofTokens(model, axis, ConversationTokens.ALL);
            };
        }

        String words() {
            return switch (this) {
                case MEANS -> "response means";
                case RESPONSE -> "response tokens";
                case PROMPT -> "prompt tokens";
                case ALL -> "all tokens";
            };
        }
    }

    @Option(
            names = "--exact",
            description =
                    "Hold every projection, in place of a sketch of a few kilobytes per layer whose error is told.")
    private boolean exact;

    AssistantAxis axis() {
        return AxisFile.read(axisFile());
    }

    Path axisFile() {
        return inRun(axis == null ? null : axis.file(), RunLayout::axis, "axis", "--axis");
    }

    /** What was given itself or else is in the run. */
    private Path inRun(@Nullable Path given, Function<RunLayout, Path> place, String what, String option) {
        if (given != null) {
            return given;
        }
        if (run == null) {
            throw new IllegalArgumentException("There is no " + what + ": give --run or " + option);
        }
        return place.apply(new RunLayout(run));
    }

    /** Projections of the population, read with a model only if there is nothing stored. */
    ProjectionPopulation population(AssistantAxis along, Supplier<LanguageModel> model, Console console) {
        ProjectionPopulation read = new ProjectionPopulation(along, exact ? EXACT : QuantileSketch.DEFAULT_SIZE, 0);
        if (projections != null) {
            addProjections(read, NpyFile.read(projections.file()));
        } else if (activations != null) {
            requireMeans();
            files(activations, ".pt").forEach(file -> ActivationPopulation.read(file, read));
        } else {
            readResponses(along, read, model, console);
        }
        if (read.count() == 0) {
            throw new IllegalArgumentException("The population is empty: there are no responses to calibrate on");
        }
        return read;
    }

    private void addProjections(ProjectionPopulation read, TensorData stored) {
        long[] shape = stored.shape();
        if (shape.length != 2) {
            throw new IllegalArgumentException(projections + " holds " + stored + "; expected [n, L]");
        }
        float[] values = stored.toFloats();
        int nLayers = (int) shape[1];
        for (int i = 0; i < shape[0]; i++) {
            double[] row = new double[nLayers];
            for (int layer = 0; layer < nLayers; layer++) {
                row[layer] = values[i * nLayers + layer];
            }
            read.add(row);
        }
    }

    private void requireMeans() {
        if (tokens != What.MEANS) {
            throw new IllegalArgumentException(
                    "Stored activations are means of responses; for single tokens (--tokens) the responses must be read");
        }
    }

    private void readResponses(
            AssistantAxis along, ProjectionPopulation read, Supplier<LanguageModel> model, Console console) {
        Path folder = inRun(responses, RunLayout::responsesDirectory, "population", "--responses");
        List<Conversation> conversations = files(folder, ".jsonl").stream()
                .flatMap(file -> ResponsesFile.read(file).stream())
                .map(ResponseRow::conversation)
                .toList();
        try (LanguageModel loaded = model.get();
                Progress progress = console.progress("reading", "responses", conversations.size())) {
            tokens.reader(loaded, along).read(conversations, read, () -> progress.by(1));
        }
    }

    /** The default Assistant's own answers, if there are responses to find them in. */
    Optional<List<Conversation>> assistant() {
        return Optional.ofNullable(responses)
                .or(() -> Optional.ofNullable(run).map(made -> new RunLayout(made).responsesDirectory()))
                .map(all -> all.resolve(DEFAULT + ".jsonl"))
                .filter(Files::exists)
                .map(file -> ResponsesFile.read(file).stream()
                        .map(ResponseRow::conversation)
                        .toList());
    }

    private List<Path> files(Path folder, String ending) {
        if (!population.isEmpty()) {
            return population.stream()
                    .map(role -> folder.resolve(role + ending))
                    .toList();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the thresholds are of, in words. */
    Map<String, String> provenance(@Nullable String modelName, ProjectionPopulation read) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("model", modelName == null ? "unknown" : modelName);
        provenance.put("axis", String.valueOf(axis != null ? axis : run));
        provenance.put(
                "population", population.isEmpty() ? "all roles and the default" : String.join(", ", population));
        provenance.put("projections of", tokens.words());
        provenance.put("quantiles", exact ? "exact" : "sketch, rank error at most " + read.rankError());
        return provenance;
    }
}
