package dev.plumbline.app.cli;

import dev.plumbline.generate.FinishReason;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.steer.InterventionMonitor;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.ConversationFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Samples responses to one conversation. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Sample the assistant's next message in a conversation.",
        footer = {
            "",
            "Examples:",
            "  plumb generate --model nano --conversation chat.json --temperature 0",
            "  plumb generate --model nano --conversation chat.json --seed 7 --samples 3 --json",
            "  plumb generate --model nano --conversation chat.json --steer run/axis.pt@3=-1gap",
            "  plumb generate --model nano --conversation chat.json --cap capping_config.pt#0 --positions response,last",
            "  plumb generate --model Qwen/Qwen3-32B --conversation chat.json"
                    + " --cap lu-christina/assistant-axis-vectors/qwen-3-32b/capping_config.pt#layers_46:54-p0.25"
        })
final class GenerateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final InterventionOptions interventions = new InterventionOptions();

    @Option(
            names = "--conversation",
            required = true,
            paramLabel = "FILE",
            description = "The conversation so far, as for plumb tokens.")
    private Path conversation = Path.of("");

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "The same seed gives the same text. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--samples",
            defaultValue = "1",
            paramLabel = "N",
            description = "Responses to sample, with the seeds S, S+1, …  Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int samples;

    @Option(
            names = "--json",
            description = "One JSON object per response on stdout, and a last one of what interventions did.")
    private boolean json;

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Conversation prompt = ConversationFile.read(conversation);
        List<RolloutRequest> requests = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            requests.add(new RolloutRequest(Integer.toString(i), prompt, seed + i));
        }
        try (LanguageModel loaded = samples == 1 ? model.loadForOne() : model.load()) {
            Treatment treatment = interventions.treatment(loaded);
            InterventionMonitor monitor = treatment.monitor();
            Rollout[] rollouts = new Rollout[samples];
            loaded.generate(
                    requests,
                    sampling.sampling(),
                    treatment.plan(monitor),
                    ResponseCapture.none(),
                    rollout -> rollouts[Integer.parseInt(rollout.request().id())] = rollout);
            for (Rollout rollout : rollouts) {
                if (json) {
                    console.json(object(rollout));
                } else {
                    console.data(rollout.text());
                }
                if (rollout.finish() == FinishReason.LENGTH) {
                    console.note("plumb: the response was cut at " + rollout.tokens() + " tokens (--max-tokens)");
                }
            }
            if (json && !interventions.isEmpty()) {
                console.json(Map.of("interventions", InterventionNotes.objects(monitor.stats())));
            } else {
                InterventionNotes.lines(monitor.stats()).forEach(console::note);
            }
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> object(Rollout rollout) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("seed", rollout.request().seed());
        object.put("text", rollout.text());
        object.put("tokens", rollout.tokens());
        object.put("finish", rollout.finish().name().toLowerCase(Locale.ROOT));
        return object;
    }
}
