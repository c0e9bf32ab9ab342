package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.steer.InterventionMonitor;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.spec.InterventionSpec;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.ConversationFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One answer with and without a cap. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Answer a conversation as the model is and under an experiment of a capping configuration, with the"
                        + " same seed, in one batch.",
        footer = {
            "",
            "Examples:",
            "  plumb cap run capping_config.pt layers_46:54-p0.25 --model Qwen/Qwen3-32B --conversation chat.json",
            "  plumb cap run capping_config.pt 0 --model nano --conversation chat.json --positions prompt",
            "  plumb cap run lu-christina/assistant-axis-vectors/qwen-3-32b/capping_config.pt layers_46:54-p0.25"
                    + " --model Qwen/Qwen3-32B --conversation chat.json"
        })
final class CapRunCommand implements Callable<Integer> {
    private static final String UNCAPPED = "uncapped";
    private static final String CAPPED = "capped";

    private final Console console;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final PositionOptions positions = new PositionOptions();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "capping_config.pt, or the same as .json." + InputFile.OR_IN_HUB)
    private InputFile file = new InputFile("");

    @Parameters(index = "1", paramLabel = "EXPERIMENT", description = "Its id, or its index from 0.")
    private String experiment = "";

    @Option(
            names = "--conversation",
            required = true,
            paramLabel = "FILE",
            description = "The conversation so far, as for plumb tokens.")
    private Path conversation = Path.of("");

    @Option(names = "--seed", defaultValue = "0", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    CapRunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Conversation prompt = ConversationFile.read(conversation);
        try (LanguageModel loaded = model.load()) {
            Treatment cap = new Treatment(
                    InterventionSpec.cap(file + "#" + experiment).on(InterventionOptions.context(loaded)),
                    positions.positions());
            InterventionMonitor monitor = cap.monitor();
            HookPlan capped = cap.plan(monitor);
            Map<String, Object> answers = new LinkedHashMap<>();
            answers.put(UNCAPPED, "");
            loaded.generate(
                    List.of(new RolloutRequest(UNCAPPED, prompt, seed), new RolloutRequest(CAPPED, prompt, seed)),
                    sampling.sampling(),
                    request -> request.id().equals(CAPPED) ? capped : HookPlan.empty(),
                    ResponseCapture.none(),
                    rollout -> answers.put(rollout.request().id(), rollout.text()));
            if (json) {
                answers.put("interventions", InterventionNotes.objects(monitor.stats()));
                console.json(answers);
            } else {
                answers.forEach((name, text) -> console.data(name + ": " + text));
                InterventionNotes.lines(monitor.stats()).forEach(console::note);
            }
        }
        return ExitCode.OK;
    }
}
