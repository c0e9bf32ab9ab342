package dev.plumbline.app.cli;

import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftFolder;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.moves.Embedder;
import dev.plumbline.moves.Exchange;
import dev.plumbline.moves.MessageCluster;
import dev.plumbline.moves.WhatMoves;
import dev.plumbline.report.Fact;
import dev.plumbline.report.FigureFiles;
import dev.plumbline.report.HtmlReport;
import dev.plumbline.report.MovesReport;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.text.Conversation;
import dev.plumbline.transcript.ConversationReading;
import dev.plumbline.transcript.TranscriptFile;
import dev.plumbline.transcript.TranscriptProjector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What makes conversations drift. */
@Command(
        name = "moves",
        mixinStandardHelpOptions = true,
        description = {
            "See how far the user's message alone tells where the next answer lies.",
            "",
            "Ridge regression of the answer's projection, and of its change, on an embedding of the message; folds are of"
                    + " whole conversations, and R2 is of conversations that were held out. k-means shows which kinds of"
                    + " messages hold and which pull. Messages are embedded in this process and offline by the bundled"
                    + " sentence model all-MiniLM-L6-v2, unless another is asked for."
        },
        footer = {
            "",
            "Examples:",
            "  plumb moves drift --out moves",
            "  plumb moves drift --embed-endpoint text-embedding-3-small --json",
            "  plumb moves transcripts/*.json --model path/to/Qwen3-32B --vector axis.pt --embed-model path/to/Qwen3-0.6B"
        })
final class MovesCommand implements Callable<Integer> {
    private static final int DPI = 200;

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|FILE",
            description = "Finished directories of plumb drift, whose projections are known, or transcripts, which are"
                    + " projected first.")
    private List<Path> inputs = List.of();

    @Mixin
    private final OptionalModelOptions model = new OptionalModelOptions();

    /** Only transcripts need it. */
    @ArgGroup(exclusive = false)
    private @Nullable DirectionOptions direction;

    /** Else the bundled sentence model. */
    @ArgGroup
    private @Nullable EmbedderOptions embedder;

    @Option(
            names = "--clusters",
            defaultValue = "8",
            paramLabel = "N",
            description = "Clusters of messages. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int clusters;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Write report.html and figures/ (SVG and PNG).")
    private @Nullable Path out;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    MovesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Exchange> exchanges = exchanges();
        EmbedderOptions.use(embedder, with -> {
            WhatMoves found = WhatMoves.of(exchanges, with, clusters, seed);
            print(exchanges, found, with);
            if (out != null) {
                write(out, exchanges, found, with);
            }
        });
        return ExitCode.OK;
    }

    private void write(Path folder, List<Exchange> exchanges, WhatMoves found, Embedder with) {
        FigureFiles.write(MovesReport.figures(found), folder.resolve("figures"), DPI);
        List<Fact> headline = List.of(
                new Fact("Conversations", Long.toString(conversations(exchanges))),
                new Fact("Messages", Integer.toString(exchanges.size())),
                r2("Held-out R² of the next answer", found.next().r2()),
                r2("Held-out R² of its change", found.change().r2()));
        List<Fact> provenance = List.of(
                new Fact("Read", inputs.stream().map(Path::toString).collect(Collectors.joining(", "))),
                new Fact("Embeddings", with.name()),
                new Fact("Seed", Long.toString(seed)));
        Path page = folder.resolve("report.html");
        HtmlReport.write(MovesReport.page(found, headline, provenance), page);
        console.note("plumb: wrote " + page);
    }

    private static Fact r2(String of, Estimate estimate) {
        return new Fact(
                of + " (" + Numbers.fixed(estimate.low(), 2) + " to " + Numbers.fixed(estimate.high(), 2) + ")",
                Numbers.fixed(estimate.value(), 2));
    }

    private static long conversations(List<Exchange> exchanges) {
        return exchanges.stream().mapToInt(Exchange::conversation).distinct().count();
    }

    private List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        List<Conversation> transcripts = new ArrayList<>();
        int conversations = 0;
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                for (Dialogue dialogue : DriftFolder.read(input)) {
                    exchanges.addAll(Exchange.of(conversations++, dialogue));
                }
            } else {
                transcripts.add(TranscriptFile.read(input).conversation());
            }
        }
        List<ConversationReading> readings = project(transcripts);
        for (int i = 0; i < readings.size(); i++) {
            exchanges.addAll(Exchange.of(conversations++, transcripts.get(i), readings.get(i)));
        }
        return exchanges;
    }

    private List<ConversationReading> project(List<Conversation> transcripts) {
        if (transcripts.isEmpty()) {
            return List.of();
        }
        if (direction == null) {
            throw new ParameterException(spec.commandLine(), "Transcripts are projected first: expected --vector");
        }
        try (LanguageModel loaded = model.load()) {
            return new TranscriptProjector(loaded, List.of(direction.direction(loaded))).readAll(transcripts);
        }
    }

    private void print(List<Exchange> exchanges, WhatMoves found, Embedder with) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("messages", exchanges.size());
            object.put("conversations", conversations(exchanges));
            object.put("embeddings", with.name());
            object.put("r2_next", found.next().r2());
            object.put("r2_change", found.change().r2());
            object.put("clusters", found.clusters());
            console.json(object);
            return;
        }
        console.data("embeddings: " + with.name());
        console.data("held-out R2 of the next answer's projection  "
                + shown(found.next().r2()));
        console.data("held-out R2 of its change                    "
                + shown(found.change().r2()));
        console.data("");
        console.data("messages whose answers lie lowest first:");
        for (MessageCluster cluster : found.clusters()) {
            console.data(String.format(
                    Locale.ROOT,
                    "  %8.2f (%.2f to %.2f)  n=%d",
                    cluster.projection().value(),
                    cluster.projection().low(),
                    cluster.projection().high(),
                    cluster.size()));
            cluster.exemplars().forEach(message -> console.data("             " + console.quoted(message)));
        }
    }

    private static String shown(Estimate estimate) {
        return String.format(
                Locale.ROOT,
                "%.3f (95 %% %.3f to %.3f, n=%d)",
                estimate.value(),
                estimate.low(),
                estimate.high(),
                estimate.n());
    }
}
