package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.nano.NanoModel;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.pipeline.RunLayout;
import dev.plumbline.study.CappingReport;
import dev.plumbline.study.TrialFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The paper's main result on the organism. */
@Command(
        name = "capping",
        mixinStandardHelpOptions = true,
        description = {
            "Does activation capping work on the bundled organism?",
            "",
            "Two axes come from a run of the pipeline: the paper's, of response means, and one of the tokens of the prompt; the"
                    + " thresholds from percentiles of the run's projections. Axis, window and percentile are chosen on"
                    + " prompts of the kind that training showed. Then the vault word"
                    + " given away in roles, right answers to bounded tasks and the in-character score are measured with and"
                    + " without the cap on held-out prompts, words, operands and phrasings. Each prompt is answered once. Last,"
                    + " simulated conversations are held with and without it.",
            "",
            "Writes capping.html, capping.json, the figures, and the recommended cap as capping_config.pt and .json. Answers"
                    + " are kept in answers.jsonl: the same command goes on where one was stopped."
        },
        footer = {
            "",
            "Examples:",
            "  plumb study capping --out study",
            "  plumb study capping --run plumbline-demo-1 --told --out told",
            "  plumb study capping --run plumbline-demo-1 --small --out study --json"
        })
final class StudyCappingCommand implements Callable<Integer> {
    private static final int QUESTIONS = 12;

    private final Console console;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "A finished run of the organism, as plumb demo makes one. Default: one is made in DIR/run.")
    private @Nullable Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out = Path.of("");

    @Option(
            names = "--choose-by",
            defaultValue = "80",
            paramLabel = "N",
            description = "Prompts of each kind to choose the setting by. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int choosing;

    @Option(
            names = "--measure-on",
            defaultValue = "240",
            paramLabel = "N",
            description = "Prompts of each kind to measure on. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int testing;

    @ArgGroup
    private GridChoice choice = new GridChoice();

    /** What is tried, where it is not the usual grid. */
    private static final class GridChoice {
        @Option(names = "--small", description = "Try a few settings only.")
        private boolean small;

        @Option(
                names = "--told",
                description =
                        "Try caps that act on what the model is told, and leave its own tokens alone: its answers are then"
                                + " moved less where nothing was wrong.")
        private boolean told;

        OrganismCapping.Grid grid() {
            if (told) {
                return OrganismCapping.Grid.TOLD;
            }
            return small ? OrganismCapping.Grid.SMALL : OrganismCapping.Grid.FULL;
        }
    }

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    StudyCappingCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path folder = run == null ? out.resolve("run") : run;
        try (LanguageModel model = OrganismRun.load()) {
            if (!Files.exists(new RunLayout(folder).axis())) {
                new OrganismRun(folder, seed, QUESTIONS).run(model, console);
            }
            OrganismCapping capping = new OrganismCapping(folder, choice.grid(), choosing, testing, seed);
            OrganismCapping.Findings findings;
            try (TrialFolder log = TrialFolder.open(
                    out,
                    new ModelName(model, NanoModel.NAME),
                    OrganismRun.SAMPLING,
                    seed,
                    Map.of("judge", "grammar"))) {
                findings = capping.measure(model, log, console);
                console.resumed(log.resumed());
            }
            findings.write(out);
            CappingReport report = findings.report();
            if (json) {
                console.json(report.numbers());
            } else {
                report.lines().forEach(console::data);
                console.data("");
                console.data(capping.tryIt(findings, out));
                console.data("Open the report in a browser:  " + out.resolve(CappingReport.PAGE));
            }
        }
        return ExitCode.OK;
    }
}
