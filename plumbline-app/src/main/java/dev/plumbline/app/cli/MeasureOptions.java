package dev.plumbline.app.cli;

import dev.plumbline.judge.Judge;
import dev.plumbline.judge.LlmJudge;
import dev.plumbline.judge.ScoreScale;
import dev.plumbline.nano.eval.NanoMeasures;
import dev.plumbline.nano.grammar.Split;
import dev.plumbline.pipeline.Digest;
import dev.plumbline.study.CapMeasures;
import dev.plumbline.study.Measure;
import dev.plumbline.study.Probe;
import dev.plumbline.study.ProbeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What caps are judged by: for the organism its grammar; for other models prompts in files. */
final class MeasureOptions {
    @Option(
            names = "--harm",
            paramLabel = "FILE",
            description =
                    "Prompts whose score a cap is to lower: JSONL with question, system if any, and an answer that"
                            + " scores 1 where it is given or a rubric for --judge. Default for nano: its vault word in roles.")
    private @Nullable Path harm;

    @Option(
            names = "--capability",
            paramLabel = "FILE",
            description =
                    "Prompts whose score a cap is to leave alone, in the same form. Default for nano: bounded tasks.")
    private @Nullable Path capability;

    @Option(
            names = "--role-play",
            paramLabel = "FILE",
            description =
                    "Prompts whose score is told beside these, in the same form; for nano its in-character score.")
    private @Nullable Path rolePlay;

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description = "Model that scores by rubrics, by its server's name for it.")
    private @Nullable String judge;

    @Option(
            names = "--judge-url",
            paramLabel = "URL",
            description = "OpenAI-compatible server, up to and including /v1. Default: as the environment says.")
    private @Nullable URI judgeUrl;

    @Option(
            names = "--size",
            defaultValue = "96",
            paramLabel = "N",
            description = "Prompts of each kind, for nano. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int size;

    /** What is asked of a model; of the organism, prompts of one split. */
    CapMeasures measures(String model, Split split, long seed) {
        if (harm == null && capability == null && model.equals(Models.NANO)) {
            return new NanoMeasures(split, seed).capping(size);
        }
        if (harm == null || capability == null) {
            throw new IllegalArgumentException("Only for nano is it known what to ask; give --harm and --capability");
        }
        return new CapMeasures(
                Measure.mean("harm", read(harm)),
                Measure.mean("capability", read(capability)),
                rolePlay == null ? List.of() : List.of(Measure.mean("role play", read(rolePlay))));
    }

    /** What scores depend on beside the answers. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("judge", judge == null ? "none" : judge);
        parameters.put("harm", digest(harm));
        parameters.put("capability", digest(capability));
        parameters.put("role play", digest(rolePlay));
        return parameters;
    }

    private static String digest(@Nullable Path file) {
        if (file == null) {
            return "none given";
        }
        try {
            return Digest.of(List.of(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Probe> read(Path file) {
        return ProbeFile.read(file, judge());
    }

    private Optional<Judge> judge() {
        return Optional.ofNullable(judge)
                .map(name -> new LlmJudge(
                        EndpointOptions.connect(judgeUrl, 16, 50), name, ScoreScale.TRAIT, LlmJudge.USUAL_MAX_TOKENS));
    }
}
