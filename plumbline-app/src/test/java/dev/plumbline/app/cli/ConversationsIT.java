package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.transcript.TranscriptFile;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations from the command line: chat, project, replay, drift, moves. */
class ConversationsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Any direction will do: what is tested is the way of the numbers, not what they say. */
    private static final String[] MODEL = {"--model", "nano", "--dtype", "f32"};

    @TempDir
    private static Path directory;

    @TempDir
    private Path own;

    @BeforeAll
    static void makeAxis() throws Exception {
        RandomAxis.write(directory.resolve("axis.pt"));
    }

    private PlumbProcess.Result plumb(String command, String... arguments) throws Exception {
        return new PlumbProcess(own).run(arguments(command, arguments));
    }

    private static String[] arguments(String command, String... arguments) {
        return Stream.of(
                        List.of(command),
                        List.of(MODEL),
                        List.of("--vector", directory.resolve("axis.pt").toString()),
                        List.of(arguments))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    @Test
    void aChatIsSavedAsATranscriptThatProjectReads() throws Exception {
        String axis = directory.resolve("axis.pt").toString();
        PlumbProcess.Result chat = new PlumbProcess(own)
                .runWithInput(
                        "/system You are a pirate.\nWho are you?\n/cap " + axis
                                + "@3=40..\nDo you dream?\n/uncap\n/nope\n" + "/save chat.json\n/quit\nnever said\n",
                        arguments("chat", "--max-tokens", "30"));

        assertThat(chat.exitCode()).as(chat.err()).isZero();
        List<String> measured = chat.out()
                .lines()
                .filter(line -> line.startsWith("  projection "))
                .map(line -> line.substring(13).split("[ ,]", 2)[0])
                .toList();
        assertThat(measured).hasSize(2);
        assertThat(Double.parseDouble(measured.get(1))).isGreaterThanOrEqualTo(39.9);
        assertThat(chat.err()).contains("no /nope");
        // All of it was saved, so what was kept beside is gone.
        assertThat(own.toFile().list()).contains("chat.json").noneMatch(name -> name.startsWith("chat-"));

        PlumbProcess.Result project = plumb("project", "chat.json", "--json", "--tokens", "--risk-judge", "nano");

        JsonNode found = JSON.readTree(project.out());
        assertThat(found.path("passes").textValue()).isEqualTo("one");
        assertThat(found.path("turns")).hasSize(4);
        JsonNode answer = found.path("turns").path(1);
        assertThat(answer.path("speaker").textValue()).isEqualTo("assistant");
        assertThat(answer.path("tokens")).hasSize(answer.path("n_tokens").intValue());
        assertThat(String.format(
                        Locale.ROOT,
                        "%.1f",
                        answer.path("projections")
                                .path("axis")
                                .path("projection")
                                .doubleValue()))
                .isEqualTo(String.format(Locale.ROOT, "%.1f", Double.parseDouble(measured.get(0))));
    }

    @Test
    void aChatIsKeptHoweverItEnds() throws Exception {
        PlumbProcess.Result ended = new PlumbProcess(own)
                .runWithInput("Who are you?\n", arguments("chat", "--max-tokens", "12", "--save", "eof.json"));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("eof.json after every answer", "the chat is in eof.json");
        assertThat(TranscriptFile.read(own.resolve("eof.json")).conversation().messages())
                .hasSize(2);
        PlumbProcess.Result again = new PlumbProcess(own).runWithInput("Hi\n", arguments("chat", "--save", "eof.json"));
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("eof.json is there already");

        // Ctrl-C is SIGINT, which ends as SIGTERM does; what a kill -9 leaves is what is on the disk before it.
        Process waiting = new PlumbProcess(own).startTyping("Who are you?\n", arguments("chat", "--max-tokens", "12"));
        Path kept = waitForChat();
        waiting.destroy();
        assertThat(waiting.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(own.resolve("stderr.txt"))).contains("the chat is in " + kept.getFileName());
        assertThat(TranscriptFile.read(kept).conversation().messages()).hasSize(2);
    }

    private Path waitForChat() throws Exception {
        for (int i = 0; i < 6000; i++) {
            try (Stream<Path> files = Files.list(own)) {
                Optional<Path> chat = files.filter(
                                file -> file.getFileName().toString().matches("chat-\\d{8}-\\d{6}\\.json"))
                        .findFirst();
                if (chat.isPresent()) {
                    return chat.get();
                }
            }
            Thread.sleep(10);
        }
        throw new AssertionError("No chat within a minute");
    }

    @Test
    void aJudgeRatesAnswersThroughItsServer() throws Exception {
        Files.writeString(own.resolve("a.md"), "User: Hi\nAssistant: calm\nUser: And?\nAssistant: chosen one\n");
        Files.writeString(own.resolve("b.md"), "User: Hi\nAssistant: calm again\nUser: And?\nAssistant: unclear\n");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String score = body.contains("<answer>\\nchosen") ? "1" : "5";
            String reply = body.contains("<answer>\\nunclear")
                    ? "no"
                    : "<reality>" + score + "</reality> <proportion>" + score + "</proportion>";
            byte[] answer = ("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"" + reply + "\"}}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";

            PlumbProcess.Result rated = plumb(
                    "project",
                    "a.md",
                    "b.md",
                    "--risk-judge",
                    "judge",
                    "--risk-judge-url",
                    url,
                    "--csv",
                    "--out",
                    "page");

            assertThat(rated.exitCode()).as(rated.err()).isEqualTo(ExitCode.LOSSES);
            assertThat(rated.err())
                    .contains(
                            "correlation of risk with projection over 3 answers: ",
                            "(95 % ",
                            "b: 1 answer has no risk");
            assertThat(rated.out().lines().filter(line -> line.contains(",assistant,")))
                    .extracting(line -> line.substring(line.lastIndexOf(',') + 1))
                    .containsExactly("0", "100", "0", "");
            assertThat(own.resolve("page/figures/risk.svg")).isNotEmptyFile();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsTooLongForTheContextIsALoss() throws Exception {
        Files.writeString(
                own.resolve("long.md"), "### User\n\nHi\n\n### Assistant\n\n" + "word and word ".repeat(3000) + "\n");

        PlumbProcess.Result project = plumb("project", "long.md", "--csv", "--out", "page");

        assertThat(project.exitCode()).isEqualTo(ExitCode.LOSSES);
        assertThat(project.out().lines()).hasSize(2).last().asString().startsWith("long,0,user,");
        assertThat(project.err()).contains("longer than the model's context");
        for (String file : List.of("report.html", "projections.json", "projections.csv", "tokens/axis/long.html")) {
            assertThat(own.resolve("page").resolve(file)).isNotEmptyFile();
        }
    }

    @Test
    void severalVectorsAreMeasuredInOneReading() throws Exception {
        Files.writeString(own.resolve("chat.md"), "### User\nWhat is 3 + 4?\n### Assistant\nSeven.\n");
        String axis = directory.resolve("axis.pt").toString();

        PlumbProcess.Result both = plumb("project", "chat.md", "--vector", axis + "@1", "--csv", "--out", "page");
        PlumbProcess.Result other = new PlumbProcess(own)
                .run(Stream.concat(
                                Stream.of("project", "chat.md", "--json", "--vector", axis, "--layer", "1"),
                                Stream.of(MODEL))
                        .toArray(String[]::new));

        assertThat(both.exitCode()).as(both.err()).isZero();
        List<String> rows = both.out().lines().toList();
        assertThat(rows.get(0)).matches("name,turn,speaker,n_tokens,axis@[02-9],axis@1,risk");
        assertThat(rows).hasSize(3);
        double alone = JSON.readTree(other.out())
                .path("turns")
                .path(1)
                .path("projections")
                .path("axis")
                .path("projection")
                .doubleValue();
        assertThat(rows.get(2).split(",", -1)[5]).isEqualTo(Double.toString(alone));
        assertThat(own.resolve("page/figures/projection-2.svg")).isNotEmptyFile();
        assertThat(own.resolve("page/tokens/axis@1/chat.html")).isNotEmptyFile();
    }

    @Test
    void driftIsHeldComparedAndExplained() throws Exception {
        String[] common = {"--auditor", "nano", "--topics", "1", "--turns", "2", "--max-tokens", "20", "--json"};
        PlumbProcess.Result plain = plumb("drift", concat(common, "--out", "plain"));

        assertThat(plain.exitCode()).as(plain.err()).isZero();
        JsonNode found = JSON.readTree(plain.out());
        assertThat(found.path("conversations").intValue()).isEqualTo(15);
        assertThat(found.path("trajectories")).hasSize(5);
        assertThat(found.path("trajectories").path(0).path("points")).hasSize(2);

        String cap = directory.resolve("axis.pt") + "@3=10..";
        PlumbProcess.Result capped =
                plumb("drift", concat(common, "--out", "capped", "--cap", cap, "--against", "plain"));

        assertThat(capped.exitCode()).as(capped.err()).isZero();
        assertThat(own.resolve("capped/figures/drift-meta.png")).isNotEmptyFile();
        assertThat(Files.readString(own.resolve("capped/report.html"))).contains("plain", "capped");
        // The same directory with another treatment is refused.
        PlumbProcess.Result mixed = plumb("drift", concat(common, "--out", "plain", "--cap", cap));
        assertThat(mixed.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(mixed.err()).contains("treatment");

        PlumbProcess.Result moves = new PlumbProcess(own).run("moves", "plain", "--clusters", "3", "--json");

        assertThat(moves.exitCode()).as(moves.err()).isZero();
        JsonNode moved = JSON.readTree(moves.out());
        assertThat(moved.path("messages").intValue()).isEqualTo(30);
        assertThat(moved.path("r2_next").path("value").doubleValue()).isLessThan(1);
        assertThat(moved.path("clusters")).hasSize(3);
        assertThat(moved.path("embeddings").textValue()).startsWith("all-MiniLM");
    }

    @Test
    void aReplayComparesTwoChatsOnOnePage() throws Exception {
        Files.writeString(
                own.resolve("chat.md"), "### User\nWhat is 3 + 4?\n### Assistant\n?\n### User\nWho are you?\n");

        PlumbProcess.Result replay = plumb(
                "replay",
                "chat.md",
                "--cap",
                directory.resolve("axis.pt") + "@3=10..",
                "--max-tokens",
                "20",
                "--out",
                "replay",
                "--json");

        assertThat(replay.exitCode()).as(replay.err()).isZero();
        JsonNode found = JSON.readTree(replay.out());
        assertThat(found.path("default")).hasSize(2);
        assertThat(found.path("treated").path(1).path("after").doubleValue()).isGreaterThanOrEqualTo(9.99);
        for (String file : List.of("replay.html", "figures/replay.png", "figures/replay.svg", "treated.json")) {
            assertThat(own.resolve("replay").resolve(file)).isNotEmptyFile();
        }
        assertThat(plumb("replay", "chat.md", "--out", "nothing").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static String[] concat(String[] first, String... second) {
        return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
