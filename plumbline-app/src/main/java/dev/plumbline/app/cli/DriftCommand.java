package dev.plumbline.app.cli;

import dev.plumbline.direction.Direction;
import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftFolder;
import dev.plumbline.drift.DriftRun;
import dev.plumbline.drift.DriftSettings;
import dev.plumbline.drift.Scenario;
import dev.plumbline.drift.Trajectory;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.report.DriftReport;
import dev.plumbline.report.Fact;
import dev.plumbline.report.FigureFiles;
import dev.plumbline.report.HtmlReport;
import dev.plumbline.report.ProjectionScale;
import dev.plumbline.transcript.Baseline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds simulated conversations. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = {
            "Hold simulated conversations with an auditor, and see where they drift.",
            "",
            "Domains x personas x topics; every answer is projected while it is given. The same command goes on where an"
                    + " earlier one stopped. With interventions (--cap, --steer, ...) the model answers under them; give"
                    + " --against the directory of a run without them to draw both."
        },
        footer = {
            "",
            "Examples:",
            "  plumb drift --model nano --auditor nano --vector demo/axis.pt --baseline demo --out drift",
            "  plumb drift --model nano --auditor nano --vector demo/axis.pt --cap axis.pt@3:5=1.5.. --against drift"
                    + " --out capped",
            "  plumb drift --model path/to/Qwen3-32B --auditor gpt-5-chat --vector axis.pt --turns 15 --out runs/drift"
        })
final class DriftCommand implements Callable<Integer> {
    private static final int DPI = 200;
    private static final long SEED = 1;

    private final Console console;

    @Mixin
    private final AnsweringOptions answering = new AnsweringOptions();

    @Mixin
    private final AuditorOptions auditor = new AuditorOptions();

    @Option(
            names = "--turns",
            defaultValue = "15",
            paramLabel = "N",
            description = "Most answers of a conversation. Default: ${DEFAULT-VALUE}, as in the paper.")
    @Within(least = 1)
    private int turns;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where everything is kept.")
    private Path out = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "A finished drift directory of other conditions, to be drawn beside this one.")
    private @Nullable Path against;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    DriftCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Scenario> scenarios = auditor.scenarios();
        try (LanguageModel loaded = answering.load()) {
            Direction along = answering.direction(loaded);
            DriftSettings settings = new DriftSettings(turns, answering.sampling(), along, answering.seed());
            List<Dialogue> dialogues;
            try (DriftRun run = DriftRun.open(
                            out,
                            new ModelName(loaded, answering.modelName()),
                            auditor.auditor(),
                            settings,
                            answering.treatment(loaded));
                    Progress progress = console.progress("drift", "turns", (long) scenarios.size() * turns)) {
                progress.at(run.recordedTurns(scenarios));
                dialogues = run.hold(scenarios, turn -> progress.by(1));
            }
            Optional<Baseline> known = answering.baseline(loaded, along);
            report(dialogues, known);
            return unfinished(dialogues);
        }
    }

    private void report(List<Dialogue> dialogues, Optional<Baseline> known) {
        ProjectionScale scale = ProjectionScale.by(known);
        List<DriftReport.Condition> conditions = new ArrayList<>();
        if (against != null) {
            conditions.add(new DriftReport.Condition(String.valueOf(against.getFileName()), DriftFolder.read(against)));
        }
        conditions.add(new DriftReport.Condition(
                String.valueOf(out.toAbsolutePath().normalize().getFileName()), dialogues));
        FigureFiles.write(DriftReport.figures(conditions, scale, known.isPresent()), out.resolve("figures"), DPI);
        List<Fact> headline = List.of(
                new Fact("Conversations", Integer.toString(dialogues.size())),
                new Fact(
                        "Answers",
                        Integer.toString(dialogues.stream()
                                .mapToInt(dialogue -> dialogue.turns().size())
                                .sum())));
        List<Fact> provenance = new ArrayList<>(List.of(
                new Fact("Model", answering.modelName()),
                new Fact("Auditor", auditor.auditor().name()),
                new Fact("Interventions", !answering.intervenes() ? "none" : "yes, see manifest.json"),
                new Fact("Seed", Long.toString(answering.seed()))));
        Path page = out.resolve("report.html");
        HtmlReport.write(DriftReport.page(conditions, scale, known.isPresent(), headline, provenance), page);
        print(dialogues, scale, page);
    }

    private void print(List<Dialogue> dialogues, ProjectionScale scale, Path page) {
        List<Trajectory> trajectories = Trajectory.byDomain(dialogues, scale.of(), SEED);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("conversations", dialogues.size());
            object.put("scale", scale.label());
            object.put("trajectories", trajectories);
            object.put("report", page.toString());
            console.json(object);
            return;
        }
        console.data(scale.label() + " of the answers at each turn:");
        for (Trajectory trajectory : trajectories) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-12s", trajectory.name()));
            trajectory
                    .points()
                    .forEach(point -> line.append(String.format(
                            Locale.ROOT, " %7.2f", point.projection().value())));
            console.data(line.toString());
        }
        console.data(page.toString());
    }

    private int unfinished(List<Dialogue> dialogues) {
        long failed = dialogues.stream()
                .filter(dialogue -> dialogue.ending() == Dialogue.Ending.FAILED)
                .count();
        if (failed > 0) {
            console.note(
                    "plumb: in " + failed + " conversations the auditor failed; the same command goes on with them");
        }
        return failed > 0 ? ExitCode.LOSSES : ExitCode.OK;
    }
}
