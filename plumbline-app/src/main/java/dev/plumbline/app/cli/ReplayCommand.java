package dev.plumbline.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.AtomicFile;
import dev.plumbline.direction.Direction;
import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftSettings;
import dev.plumbline.drift.DriftTurn;
import dev.plumbline.drift.Replay;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.report.Fact;
import dev.plumbline.report.FigureFiles;
import dev.plumbline.report.ProjectionScale;
import dev.plumbline.report.ReplayPage;
import dev.plumbline.steer.Treatment;
import dev.plumbline.transcript.Baseline;
import dev.plumbline.transcript.Transcript;
import dev.plumbline.transcript.TranscriptFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says a transcript's user messages again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Replay a transcript's user messages, without and with interventions, and compare.",
            "",
            "The assistant's side is written anew twice, each time from its own history. Projections are measured while"
                    + " the answers are given: before and after the intervention at the layer of the direction. Writes"
                    + " replay.html (one file), figures/ (SVG and PNG), replay.json, and both chats as transcripts."
        },
        footer = {
            "",
            "Examples:",
            "  plumb replay chat.json --model nano --vector demo/axis.pt --cap demo/axis.pt@3:5=80.. --out replay",
            "  plumb replay delusion.json --model path/to/Qwen3-32B --vector axis.pt --layer 46 --max-turns 6"
                    + " --cap capping_config.pt#layers_46:54-p0.25 --out replay"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int DPI = 150;

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The transcript, as for plumb project.")
    private Path file = Path.of("");

    @Mixin
    private final AnsweringOptions answering = new AnsweringOptions();

    @Option(names = "--max-turns", paramLabel = "N", description = "Only the first N answers.")
    @Within(least = 1)
    private int maxTurns = Integer.MAX_VALUE;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (!answering.intervenes()) {
            throw new ParameterException(
                    spec.commandLine(), "Expected an intervention to compare with, such as --cap or --steer");
        }
        Transcript transcript = TranscriptFile.read(file);
        try (LanguageModel loaded = answering.load()) {
            Direction along = answering.direction(loaded);
            Treatment treatment = answering.treatment(loaded);
            Replay replay = Replay.of(
                    loaded,
                    transcript,
                    new DriftSettings(maxTurns, answering.sampling(), along, answering.seed()),
                    treatment);
            Optional<Baseline> known = answering.baseline(loaded, along);
            write(replay, ProjectionScale.by(known), along, treatment);
            return cutShort(replay) ? ExitCode.LOSSES : ExitCode.OK;
        }
    }

    private void write(Replay replay, ProjectionScale scale, Direction along, Treatment treatment) throws Exception {
        String name = DistinctNames.stem(file);
        Path page = out.resolve("replay.html");
        ReplayPage.write(page, replay, name, scale, provenance(along, treatment));
        FigureFiles.write(List.of(ReplayPage.figure(replay, name, scale)), out.resolve("figures"), DPI);
        TranscriptFile.write(
                out.resolve("default.json"), replay.plain().transcript(answering.modelName(), "transcript"));
        TranscriptFile.write(
                out.resolve("treated.json"), replay.treated().transcript(answering.modelName(), "transcript"));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("layer", along.site().layer());
        object.put("scale", scale.label());
        object.put("default", turns(replay.plain(), scale));
        object.put("treated", turns(replay.treated(), scale));
        object.put("page", page.toString());
        byte[] bytes = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(object);
        AtomicFile.write(out.resolve("replay.json"), stream -> stream.write(bytes));
        if (json) {
            console.json(object);
            return;
        }
        for (int i = 0; i < replay.plain().turns().size(); i++) {
            console.data(String.format(
                    Locale.ROOT,
                    "turn %2d  default %s   treated %s",
                    i + 1,
                    shown(replay.plain(), i, scale),
                    shown(replay.treated(), i, scale)));
        }
        console.data(page.toString());
    }

    private static String shown(Dialogue dialogue, int turn, ProjectionScale scale) {
        return turn < dialogue.turns().size()
                ? dialogue.turns()
                        .get(turn)
                        .projection()
                        .map(p -> p.before() == p.after()
                                ? String.format(Locale.ROOT, "%9.3f", scale.show(p.after()))
                                : String.format(
                                        Locale.ROOT,
                                        "%9.3f (before %.3f)",
                                        scale.show(p.after()),
                                        scale.show(p.before())))
                        .orElse("no tokens")
                : "–";
    }

    private static List<Map<String, Object>> turns(Dialogue dialogue, ProjectionScale scale) {
        List<Map<String, Object>> turns = new ArrayList<>();
        for (DriftTurn turn : dialogue.turns()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("user", turn.user());
            object.put("assistant", turn.assistant());
            turn.projection().ifPresent(projection -> {
                object.put("before", projection.before());
                object.put("after", projection.after());
                object.put("shown", scale.show(projection.after()));
            });
            turns.add(object);
        }
        return turns;
    }

    private List<Fact> provenance(Direction along, Treatment treatment) {
        return List.of(
                new Fact("Model", answering.modelName()),
                new Fact("Transcript", String.valueOf(file.getFileName())),
                new Fact(
                        "Direction",
                        answering.vector().getFileName() + ", layer "
                                + along.site().layer()),
                new Fact(
                        "Interventions",
                        Integer.toString(treatment.interventions().size())),
                new Fact("Seed", Long.toString(answering.seed())));
    }

    private boolean cutShort(Replay replay) {
        boolean cut = false;
        for (Dialogue dialogue : List.of(replay.plain(), replay.treated())) {
            if (dialogue.ending() == Dialogue.Ending.CONTEXT) {
                console.note("plumb: a chat ended after " + dialogue.turns().size() + " answers: "
                        + dialogue.ending().words());
                cut = true;
            }
        }
        return cut;
    }
}
