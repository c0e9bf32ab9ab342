package dev.plumbline.app.cli;

import dev.plumbline.direction.Direction;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.judge.RiskJudge;
import dev.plumbline.report.Fact;
import dev.plumbline.report.FigureFiles;
import dev.plumbline.report.HtmlReport;
import dev.plumbline.report.ProjectionReport;
import dev.plumbline.report.ProjectionScale;
import dev.plumbline.report.TokenPage;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.text.SkippedTurn;
import dev.plumbline.transcript.Baseline;
import dev.plumbline.transcript.RiskCorrelation;
import dev.plumbline.transcript.RiskRatings;
import dev.plumbline.transcript.Transcript;
import dev.plumbline.transcript.TranscriptFile;
import dev.plumbline.transcript.TranscriptProjector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures transcripts. */
@Command(
        name = "project",
        mixinStandardHelpOptions = true,
        description = {
            "Project transcripts on a direction, turn by turn and token by token.",
            "",
            "Transcripts are the Assistant Axis' JSON, lists of messages, or Markdown chats (### User, ### Assistant)."
                    + " <INTERNAL_STATE> is taken out of user messages. Each answer is read as the model saw it when it"
                    + " answered: in one pass over the conversation, or, where the chat template renders a beginning"
                    + " otherwise than the whole, in a pass for each answer."
        },
        footer = {
            "",
            "Examples:",
            "  plumb project chat.json --model nano --vector demo/axis.pt --baseline demo",
            "  plumb project *.json --model path/to/Qwen3-32B --vector axis.pt --layer 32 --csv > turns.csv",
            "  plumb project delusion.json --model path/to/Qwen3-32B --vector axis.pt --risk-judge gpt-4.1-mini --out page"
        })
final class ProjectCommand implements Callable<Integer> {
    private static final int DPI = 200;

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Transcripts.")
    private List<Path> files = List.of();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final DirectionOptions direction = new DirectionOptions();

    @Mixin
    private final BaselineOptions baseline = new BaselineOptions();

    @Mixin
    private final RiskOptions risk = new RiskOptions();

    @Option(names = "--max-turns", paramLabel = "N", description = "Only as far as the Nth answer of each transcript.")
    @Within(least = 1)
    private int maxTurns = Integer.MAX_VALUE;

    @Option(names = "--tokens", description = "Also every token, in --json and --csv.")
    private boolean tokens;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write report.html, figures/ (SVG and PNG), projections.json and projections.csv with every"
                    + " token, and tokens/<name>.html, where tokens are coloured by their projection.")
    private @Nullable Path out;

    @Option(names = "--json", description = "One JSON object per transcript on stdout.")
    private boolean json;

    @Option(names = "--csv", description = "One row per turn (or token) on stdout.")
    private boolean csv;

    ProjectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Transcript> transcripts = files.stream()
                .map(TranscriptFile::read)
                .map(t -> t.upTo(maxTurns))
                .toList();
        Optional<RiskJudge> judge = risk.judge();
        try (LanguageModel loaded = model.load()) {
            Direction along = direction.direction(loaded);
            TranscriptProjector projector = new TranscriptProjector(loaded, List.of(along));
            Optional<Baseline> known = baseline.baseline(projector);
            List<ProjectionReport.Chat> chats = new ArrayList<>();
            for (int i = 0; i < transcripts.size(); i++) {
                Transcript transcript = transcripts.get(i);
                chats.add(new ProjectionReport.Chat(
                        name(i),
                        projector.read(transcript.conversation()),
                        judge.map(each -> RiskRatings.of(each, transcript.conversation()))));
            }
            Optional<Estimate> correlation = RiskCorrelation.of(
                    chats.stream().map(ProjectionReport.Chat::reading).toList(),
                    chats.stream().map(ProjectionReport.Chat::risks).toList());
            ProjectionOutput output = new ProjectionOutput(direction.file(), along, known);
            print(output, transcripts, chats, correlation);
            if (out != null) {
                write(out, output, transcripts, chats, correlation);
            }
            return skipped(chats);
        }
    }

    /** The file's name without its ending; with its folder's, or else its number, where two are alike. */
    private String name(int file) {
        List<Path> alike = files.stream()
                .filter(other -> shortName(other).equals(shortName(files.get(file))))
                .toList();
        if (alike.size() == 1) {
            return shortName(files.get(file));
        }
        List<String> inFolders =
                alike.stream().map(ProjectCommand::nameInFolder).toList();
        String name = nameInFolder(files.get(file));
        return inFolders.indexOf(name) == inFolders.lastIndexOf(name) ? name : name + "-" + (file + 1);
    }

    private static String nameInFolder(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return (folder == null ? "" : folder.getFileName() + "-") + shortName(file);
    }

    private static String shortName(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?:\\.(?:json|md|markdown))+$", "");
    }

    private void print(
            ProjectionOutput output,
            List<Transcript> transcripts,
            List<ProjectionReport.Chat> chats,
            Optional<Estimate> correlation) {
        if (csv) {
            console.data(output.csvHeader(tokens));
        }
        for (int i = 0; i < chats.size(); i++) {
            if (json) {
                console.json(output.object(transcripts.get(i), chats.get(i), tokens));
            } else if (csv) {
                output.csv(chats.get(i), tokens).forEach(console::data);
            } else {
                output.text(chats.get(i)).forEach(console::data);
            }
        }
        correlation.ifPresent(r -> console.note("plumb: correlation of risk with projection over " + r.n()
                + " answers: " + Numbers.fixed(r.value(), 2) + " (95 % " + Numbers.fixed(r.low(), 2) + " to "
                + Numbers.fixed(r.high(), 2) + ")"));
    }

    private void write(
            Path folder,
            ProjectionOutput output,
            List<Transcript> transcripts,
            List<ProjectionReport.Chat> chats,
            Optional<Estimate> correlation) {
        ProjectionScale scale = ProjectionScale.by(output.baseline());
        boolean standardised = output.baseline().isPresent();
        FigureFiles.write(ProjectionReport.figures(chats, scale, standardised), folder.resolve("figures"), DPI);
        List<Fact> headline = new ArrayList<>();
        headline.add(new Fact("Chats", Integer.toString(chats.size())));
        headline.add(
                new Fact("Layer", Integer.toString(output.direction().site().layer())));
        correlation.ifPresent(r -> headline.add(new Fact(
                "Risk–projection r (" + Numbers.fixed(r.low(), 2) + " to " + Numbers.fixed(r.high(), 2) + ")",
                Numbers.fixed(r.value(), 2))));
        HtmlReport.write(
                ProjectionReport.page(chats, scale, standardised, headline, output.provenance(model.name())),
                folder.resolve("report.html"));
        output.write(folder, transcripts, chats);
        for (ProjectionReport.Chat chat : chats) {
            TokenPage.write(
                    folder.resolve("tokens").resolve(chat.name() + ".html"), chat.name(), chat.reading(), scale);
        }
        console.note("plumb: wrote " + folder.resolve("report.html"));
    }

    /** Names what was not projected. */
    private int skipped(List<ProjectionReport.Chat> chats) {
        int lost = 0;
        for (ProjectionReport.Chat chat : chats) {
            Map<SkippedTurn.Reason, List<SkippedTurn>> byReason = chat.reading().skipped().stream()
                    .collect(Collectors.groupingBy(SkippedTurn::reason, TreeMap::new, Collectors.toList()));
            byReason.forEach((reason, turns) -> console.note("plumb: " + chat.name() + ": no projection of "
                    + (turns.size() == 1 ? "turn " : turns.size() + " turns, ")
                    + turns.stream().map(skip -> Integer.toString(skip.turn())).collect(Collectors.joining(", "))
                    + ": " + reason.sentence()));
            lost += chat.reading().skipped().size();
            int unrated = chat.risks().map(RiskRatings::unrated).orElse(0);
            if (unrated > 0) {
                console.note("plumb: " + chat.name() + ": " + unrated + " answers have no risk score");
                lost += unrated;
            }
        }
        return lost > 0 ? ExitCode.LOSSES : ExitCode.OK;
    }
}
