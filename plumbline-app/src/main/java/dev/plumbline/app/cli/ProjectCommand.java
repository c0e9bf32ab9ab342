package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.judge.RiskJudge;
import dev.plumbline.report.Fact;
import dev.plumbline.report.FigureFiles;
import dev.plumbline.report.HtmlReport;
import dev.plumbline.report.ProjectionReport;
import dev.plumbline.report.TokenPage;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.SkippedTurn;
import dev.plumbline.text.template.TemplateException;
import dev.plumbline.transcript.ConversationReading;
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
            "Project transcripts on one direction or several, turn by turn and token by token.",
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
            "  plumb project chat.md --model nano --vector axis.pt@3 --vector vectors/ghost.pt --out page",
            "  plumb project delusion.json --model path/to/Qwen3-32B --vector axis.pt --risk-judge gpt-4.1-mini --out page",
            "  plumb project chat.json --model Qwen/Qwen3-32B --vector lu-christina/assistant-axis-vectors/qwen-3-32b/assistant_axis.pt@32"
        })
final class ProjectCommand implements Callable<Integer> {
    private static final int DPI = 200;

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Transcripts.")
    private List<Path> files = List.of();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final DirectionsOptions directions = new DirectionsOptions();

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
                    + " token, and tokens/<vector>/<name>.html, where tokens are coloured by their projection.")
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
        List<String> names = DistinctNames.ofFiles(files);
        try (LanguageModel loaded = model.load()) {
            List<MeasuredVector> vectors = MeasuredVector.of(directions, baseline, loaded);
            TranscriptProjector projector = new TranscriptProjector(
                    loaded, vectors.stream().map(MeasuredVector::direction).toList());
            List<Transcript> read = new ArrayList<>();
            List<ProjectionReport.Chat> chats = new ArrayList<>();
            for (int i = 0; i < transcripts.size(); i++) {
                Conversation conversation = transcripts.get(i).conversation();
                try {
                    ConversationReading reading = projector.read(conversation);
                    read.add(transcripts.get(i));
                    chats.add(new ProjectionReport.Chat(
                            names.get(i), reading, judge.map(each -> RiskRatings.of(each, conversation))));
                } catch (TemplateException e) {
                    console.note("plumb: " + files.get(i) + ": the chat template refuses it: " + e.getMessage());
                }
            }
            if (chats.isEmpty()) {
                return ExitCode.FAILURE;
            }
            ProjectionOutput output = new ProjectionOutput(vectors);
            print(output, read, chats);
            List<Fact> correlations = correlations(vectors, chats);
            if (out != null) {
                write(out, output, read, chats, correlations);
            }
            return skipped(chats) || read.size() < transcripts.size() ? ExitCode.LOSSES : ExitCode.OK;
        }
    }

    private void print(ProjectionOutput output, List<Transcript> transcripts, List<ProjectionReport.Chat> chats) {
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
    }

    /** Notes, for each vector, how risk and projection go together, where that can be said. */
    private List<Fact> correlations(List<MeasuredVector> vectors, List<ProjectionReport.Chat> chats) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            Optional<Estimate> correlation = RiskCorrelation.of(
                    i,
                    chats.stream().map(ProjectionReport.Chat::reading).toList(),
                    chats.stream().map(ProjectionReport.Chat::risks).toList());
            if (correlation.isPresent()) {
                Estimate r = correlation.get();
                String along =
                        vectors.size() == 1 ? "projection" : vectors.get(i).name();
                String interval = Numbers.fixed(r.low(), 2) + " to " + Numbers.fixed(r.high(), 2);
                console.note("plumb: correlation of risk with " + along + " over " + r.n() + " answers: "
                        + Numbers.fixed(r.value(), 2) + " (95 % " + interval + ")");
                facts.add(new Fact(
                        "Risk–" + along + " r (" + interval + ", n=" + r.n() + ")", Numbers.fixed(r.value(), 2)));
            } else if (chats.stream().anyMatch(chat -> chat.risks().isPresent())) {
                console.note("plumb: no correlation of risk with "
                        + vectors.get(i).name() + ": it takes three rated answers that differ in both");
            }
        }
        return facts;
    }

    private void write(
            Path folder,
            ProjectionOutput output,
            List<Transcript> transcripts,
            List<ProjectionReport.Chat> chats,
            List<Fact> correlations) {
        List<ProjectionReport.Along> shown =
                output.vectors().stream().map(MeasuredVector::shown).toList();
        FigureFiles.write(ProjectionReport.figures(chats, shown), folder.resolve("figures"), DPI);
        List<Fact> headline = new ArrayList<>();
        headline.add(new Fact("Chats", Integer.toString(chats.size())));
        output.vectors()
                .forEach(vector -> headline.add(new Fact(
                        "Layer" + (output.vectors().size() == 1 ? "" : " of " + vector.name()),
                        Integer.toString(vector.direction().site().layer()))));
        headline.addAll(correlations);
        HtmlReport.write(
                ProjectionReport.page(chats, shown, headline, output.provenance(model.name())),
                folder.resolve("report.html"));
        output.write(folder, transcripts, chats);
        for (int i = 0; i < shown.size(); i++) {
            Path pages = folder.resolve("tokens").resolve(shown.get(i).name());
            for (ProjectionReport.Chat chat : chats) {
                String title = shown.size() == 1
                        ? chat.name()
                        : chat.name() + " along " + shown.get(i).name();
                TokenPage.write(
                        pages.resolve(chat.name() + ".html"),
                        title,
                        chat.reading(),
                        i,
                        shown.get(i).scale());
            }
        }
        console.note("plumb: wrote " + folder.resolve("report.html"));
    }

    /** Names what was not projected or rated, if anything was not. */
    private boolean skipped(List<ProjectionReport.Chat> chats) {
        int lost = 0;
        for (ProjectionReport.Chat chat : chats) {
            Map<SkippedTurn.Reason, List<SkippedTurn>> byReason = chat.reading().skipped().stream()
                    .collect(Collectors.groupingBy(SkippedTurn::reason, TreeMap::new, Collectors.toList()));
            byReason.forEach((reason, turns) -> console.note("plumb: " + chat.name() + ": no projection of "
                    + (turns.size() == 1 ? "turn " : turns.size() + " turns, ")
                    + ranges(turns.stream().mapToInt(SkippedTurn::turn).toArray())
                    + ": " + reason.sentence()));
            lost += chat.reading().skipped().size();
            int unrated = chat.risks().map(RiskRatings::unrated).orElse(0);
            if (unrated > 0) {
                console.note("plumb: " + chat.name() + ": " + unrated + (unrated == 1 ? " answer has" : " answers have")
                        + " no risk score"
                        + chat.risks()
                                .flatMap(RiskRatings::failure)
                                .map(why -> ": " + why)
                                .orElse(""));
                lost += unrated;
            }
        }
        return lost > 0;
    }

    /** Increasing numbers on one line, those in a row as {@code 3 to 9}. */
    private static String ranges(int[] numbers) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            int first = i;
            while (i + 1 < numbers.length && numbers[i + 1] == numbers[i] + 1) {
                i++;
            }
            ranges.add(numbers[first] + (i == first ? "" : (i == first + 1 ? ", " : " to ") + numbers[i]));
        }
        return String.join(", ", ranges);
    }
}
