package dev.plumbline.app.cli;

import dev.plumbline.pipeline.PipelineOptions;
import dev.plumbline.pipeline.PipelineRun;
import dev.plumbline.pipeline.QuestionFile;
import dev.plumbline.pipeline.RoleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run is to do, and where. Steps after generation need only {@code --out}. */
final class RunOptions {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Run directory; the same command goes on where an earlier one stopped.")
    private Path out = Path.of("");

    @Option(
            names = "--roles",
            paramLabel = "DIR",
            description = "Role files of the reference's format, <role>.json, with default.json among them.")
    private @Nullable Path roles;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "Questions for every role, JSONL {question, id} or a list; else each role's own.")
    private @Nullable Path questions;

    @Option(names = "--only", split = ",", paramLabel = "ROLE", description = "Only these roles, and default.")
    private List<String> only = List.of();

    @Option(
            names = "--prompts",
            split = ",",
            paramLabel = "INDEX",
            description = "Only the instructions with these indices, from 0.")
    @Within(least = 0)
    private List<Integer> prompts = List.of();

    @Option(names = "--question-count", paramLabel = "N", description = "Only the first N questions.")
    @Within(least = 1)
    private int questionCount = Integer.MAX_VALUE;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            description = "What {model_name} in instructions becomes. Default: the model's short name.")
    private @Nullable String modelName;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--min-count",
            defaultValue = "50",
            paramLabel = "N",
            description = "Responses that a role's vector needs. Default: ${DEFAULT-VALUE}, as in the reference; the"
                    + " paper says 10.")
    @Within(least = 1)
    private int minCount;

    @Option(
            names = "--dump-activations",
            description = "Also keep every response's mean activation in activations/<role>.pt.")
    private boolean dumpActivations;

    /** Reads the role and question files. */
    PipelineOptions read(Optional<String> model) {
        PipelineOptions.Builder options = PipelineOptions.in(out)
                .seed(seed)
                .questionCount(questionCount)
                .prompts(prompts)
                .minCount(minCount)
                .dumpActivations(dumpActivations);
        if (roles != null) {
            options.roles(chosen(RoleFile.readDirectory(roles)));
        }
        if (questions != null) {
            options.questions(QuestionFile.read(questions));
        }
        Optional.ofNullable(modelName).or(() -> model.map(Models::shortName)).ifPresent(options::modelName);
        return options.build();
    }

    PipelineRun open(Optional<String> model, PipelineBars bars) {
        return PipelineRun.open(read(model), bars);
    }

    private List<RoleFile> chosen(List<RoleFile> all) {
        if (only.isEmpty()) {
            return all;
        }
        Set<String> wanted = new LinkedHashSet<>(only);
        wanted.add(RoleFile.DEFAULT);
        List<RoleFile> kept = new ArrayList<>();
        for (RoleFile role : all) {
            if (wanted.remove(role.name())) {
                kept.add(role);
            }
        }
        wanted.remove(RoleFile.DEFAULT);
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "No role file for " + new TreeSet<>(wanted) + " in " + roles + " (--only)");
        }
        return kept;
    }
}
