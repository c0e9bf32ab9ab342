package dev.plumbline.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.SafetensorsFile;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.family.Fidelity.Deviation;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.text.SpanAgreement;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/fidelity.md} true: its tables have a row for each family, checkpoint and chat format, counts are those of
 * now, and no error in them is much smaller than what is measured now. With {@code -Dplumbline.fidelity.write=true} the
 * tables are written instead.
 */
class FidelityTableTest {

    private static final Path PAGE = Path.of("..", "docs", "fidelity.md");
    private static final String BEGIN = "<!-- tables -->\n";
    private static final String END = "<!-- end of tables -->\n";

    /** Processors round differently: errors may grow so much elsewhere. */
    private static final double SLACK = 3;

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d.e+-]*");
    private static final Pattern COUNT = Pattern.compile("\\d+/\\d+");

    private static final String FAMILIES = """
            | architecture | checkpoints | fp32 residuals | fp32 logits | bf16 residuals (transformers) \
            | bf16 logits (transformers) | greedy tokens |
            |---|---|---|---|---|---|---|
            """;

    private static final String CHECKPOINTS = """
            | checkpoint | fp32 residuals | fp32 logits | bf16 residuals (transformers) | bf16 logits (transformers) \
            | greedy tokens |
            |---|---|---|---|---|---|
            """;

    private static final String LONG_TEXTS = """
            | long text | fp32 residuals | fp32 logits | bf16 residuals (transformers) | bf16 logits (transformers) |
            |---|---|---|---|---|
            """;

    private static final String FORMATS = """
            | chat format | conversations |
            |---|---|
            """;

    /** What is known of one checkpoint. */
    private record Row(
            String architecture,
            String checkpoint,
            Fidelity exact,
            Fidelity half,
            Fidelity reference,
            int agreed,
            int greedy) {

        static Row of(Path directory) {
            Checkpoint checkpoint = Checkpoint.open(directory);
            SafetensorsFile golden = SafetensorsFile.read(directory.resolve("golden.safetensors"));
            int agreed = 0;
            int greedy = 0;
            try (Weights weights = checkpoint.weights(DType.F32, Device.CPU)) {
                int[][] found = GreedyText.of(Families.decoder(checkpoint, weights), golden);
                int[][] expected = GreedyText.ofTheReference(golden);
                for (int n = 0; n < expected.length; n++) {
                    for (int i = 0; i < expected[n].length; i++) {
                        agreed += found[n][i] == expected[n][i] ? 1 : 0;
                        greedy++;
                    }
                }
            }
            return new Row(
                    architectureOf(directory),
                    nameOf(directory),
                    Fidelity.measure(directory, DType.F32),
                    Fidelity.measure(directory, DType.BF16),
                    Fidelity.ofTheReference(directory),
                    agreed,
                    greedy);
        }
    }

    /** What is known of a long text. */
    private record LongRow(String checkpoint, int tokens, Fidelity exact, Fidelity half, Fidelity reference) {
        static LongRow of(Path directory) {
            return new LongRow(
                    nameOf(directory),
                    Fidelity.farthest(directory),
                    Fidelity.measureFarAway(directory, DType.F32),
                    Fidelity.measureFarAway(directory, DType.BF16),
                    Fidelity.ofTheReferenceFarAway(directory));
        }
    }

    private static List<Row> rows;
    private static List<LongRow> longRows;

    private static String architectureOf(Path directory) {
        return Checkpoint.open(directory).config().path("architectures").path(0).asText();
    }

    private static String nameOf(Path directory) {
        return architectureOf(directory) + " " + directory.getFileName();
    }

    @BeforeAll
    static void measure() throws IOException, URISyntaxException {
        Path root = Path.of(FidelityTableTest.class.getResource("/checkpoints").toURI());
        try (Stream<Path> all = Files.walk(root, 2)) {
            List<Path> directories = all.filter(path -> Files.exists(path.resolve("golden.safetensors")))
                    .sorted()
                    .toList();
            rows = directories.stream().map(Row::of).toList();
            longRows = directories.stream()
                    .filter(directory -> Fidelity.farthest(directory) > 0)
                    .map(LongRow::of)
                    .toList();
        }
    }

    @Test
    void tablesAreNoBetterThanReality() throws IOException {
        String measured = String.join(
                "\n",
                families(),
                onTheWhole(),
                CHECKPOINTS + checkpoints(),
                LONG_TEXTS + longTexts(),
                FORMATS + formats());
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("plumbline.fidelity.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + measured + page.substring(end));
            return;
        }
        Map<String, List<String>> claimed = cells(page.substring(begin, end));
        Map<String, List<String>> now = cells(measured);
        assertThat(claimed.keySet()).isEqualTo(now.keySet());
        now.forEach((name, cells) -> {
            List<String> claims = claimed.get(name);
            assertThat(claims).hasSameSizeAs(cells);
            for (int i = 0; i < cells.size(); i++) {
                requireNoWorse(name + ", column " + (i + 2) + " of " + PAGE, cells.get(i), claims.get(i));
            }
        });
    }

    private static void requireNoWorse(String where, String now, String claimed) {
        if (COUNT.matcher(now).matches() || !now.contains(".")) {
            assertThat(claimed).as(where).isEqualTo(now);
        } else {
            assertThat(number(now)).as(where).isLessThanOrEqualTo(SLACK * number(claimed));
        }
    }

    @Test
    void sixteenBitsErrNoMoreThanTheReferenceDoesOnTheWhole() {
        assertThat(ratio(Fidelity::residuals)).isLessThan(1.05);
        assertThat(ratio(Fidelity::logits)).isLessThan(1.05);
    }

    /** Geometric mean over all checkpoints of this library's error in bf16 over that of the reference. */
    private static double ratio(Function<Fidelity, Deviation> part) {
        return Math.exp(rows.stream()
                .mapToDouble(row -> Math.log(part.apply(row.half()).rms()
                        / part.apply(row.reference()).rms()))
                .average()
                .orElseThrow());
    }

    private static String onTheWhole() {
        return String.format(
                Locale.ROOT,
                "Over all %d checkpoints the root mean square error in bf16 is, on geometric mean, %.2f times that of"
                        + " transformers%nfor residuals and %.2f times for logits.%n",
                rows.size(),
                ratio(Fidelity::residuals),
                ratio(Fidelity::logits));
    }

    private static String families() {
        SortedMap<String, List<Row>> byArchitecture = new TreeMap<>();
        rows.forEach(row -> byArchitecture
                .computeIfAbsent(row.architecture(), a -> new ArrayList<>())
                .add(row));
        StringBuilder table = new StringBuilder(FAMILIES);
        byArchitecture.forEach((architecture, members) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.1e | %.1e | %.1e (%.1e) | %.1e (%.1e) | %d/%d |%n",
                architecture,
                members.size(),
                worst(members, row -> row.exact().residuals().worst()),
                worst(members, row -> row.exact().logits().worst()),
                worst(members, row -> row.half().residuals().worst()),
                worst(members, row -> row.reference().residuals().worst()),
                worst(members, row -> row.half().logits().worst()),
                worst(members, row -> row.reference().logits().worst()),
                members.stream().mapToInt(Row::agreed).sum(),
                members.stream().mapToInt(Row::greedy).sum())));
        return table.toString();
    }

    private static double worst(List<Row> members, ToDoubleFunction<Row> error) {
        return members.stream().mapToDouble(error).max().orElseThrow();
    }

    private static String checkpoints() {
        StringBuilder table = new StringBuilder();
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1e | %.1e | %.1e (%.1e) | %.1e (%.1e) | %d/%d |%n",
                    row.checkpoint(),
                    row.exact().residuals().worst(),
                    row.exact().logits().worst(),
                    row.half().residuals().rms(),
                    row.reference().residuals().rms(),
                    row.half().logits().rms(),
                    row.reference().logits().rms(),
                    row.agreed(),
                    row.greedy()));
        }
        return table.toString();
    }

    private static String longTexts() {
        StringBuilder table = new StringBuilder();
        for (LongRow row : longRows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s, %,d tokens | %.1e | %.1e | %.1e (%.1e) | %.1e (%.1e) |%n",
                    row.checkpoint(),
                    row.tokens(),
                    row.exact().residuals().worst(),
                    row.exact().logits().worst(),
                    row.half().residuals().rms(),
                    row.reference().residuals().rms(),
                    row.half().logits().rms(),
                    row.reference().logits().rms()));
        }
        return table.toString();
    }

    private static String formats() {
        StringBuilder table = new StringBuilder();
        SpanAgreement.byFormat()
                .forEach((format, agreement) -> table.append(
                        String.format("| %s | %d/%d |%n", format, agreement.agreeing(), agreement.conversations())));
        return table.toString();
    }

    /** Cells of every row of every table, by what stands in the first column. */
    private static Map<String, List<String>> cells(String tables) {
        Map<String, List<String>> cells = new LinkedHashMap<>();
        tables.lines().filter(line -> line.startsWith("| ")).forEach(line -> {
            List<String> row = Stream.of(line.split("\\|", -1))
                    .map(String::strip)
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            cells.put(row.get(0), row.subList(1, row.size()));
        });
        return cells;
    }

    /** The first number of a cell. */
    private static double number(String cell) {
        Matcher number = NUMBER.matcher(cell);
        assertThat(number.find()).as("a number in \"%s\"", cell).isTrue();
        return Double.parseDouble(number.group());
    }
}
