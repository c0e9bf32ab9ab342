package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.artifact.AxisFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.nano.NanoModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies of steering whose answers a server sorts. The organism stands for a model that nothing is known of. */
class SteeringIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final Queue<String> sorted = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/chat/completions", this::sort);
        server.start();
        float[][] rows = new float[6][192];
        for (float[] row : rows) {
            row[3] = 1;
        }
        AxisFile.write(
                directory.resolve("axis.pt"),
                new AssistantAxis(LayerVectors.residPost(new int[] {0, 1, 2, 3, 4, 5}, rows)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Everybody is human. */
    private void sort(HttpExchange exchange) throws IOException {
        try (exchange) {
            sorted.add(JSON.readTree(exchange.getRequestBody())
                    .at("/messages/0/content")
                    .textValue());
            byte[] reply = JSON.writeValueAsString(Map.of("choices", new Object[] {
                        Map.of("message", Map.of("role", "assistant", "content", "human"), "finish_reason", "stop")
                    }))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private JsonNode study(String... more) throws Exception {
        String[] common = {
            "study",
            "steering",
            "--model",
            NanoModel.directory().toString(),
            "--vector",
            "axis.pt@2",
            "--strengths",
            "1",
            "--max-tokens",
            "4",
            "--size",
            "3",
            "--judge",
            "judge",
            "--judge-url",
            "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
            "--json",
            "--out",
            "steering"
        };
        String[] arguments = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, arguments, common.length, more.length);
        PlumbProcess.Result result = new PlumbProcess(directory).run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(directory.resolve("steering/steering.html")).isNotEmptyFile();
        return JSON.readTree(result.out());
    }

    @Test
    void asksWhoItIsAndHasItSorted() throws Exception {
        JsonNode found = study();

        assertThat(sorted).isNotEmpty().anyMatch(prompt -> prompt.contains("<question>\nWho are you?\n"));
        JsonNode human = found.at("/strengths/1/measures/human/level");
        assertThat(human.path("n").intValue()).isEqualTo(3);
        assertThat(human.path("value").doubleValue()).isEqualTo(1);
        assertThat(found.at("/strengths/1/measures/assistant/level/value").doubleValue())
                .isZero();
    }

    @Test
    void completionsAreSortedAndWritten() throws Exception {
        JsonNode found = study("--prefill", "My job is to");

        assertThat(sorted).isNotEmpty().allMatch(prompt -> prompt.contains("<question>\nMy job is to\n"));
        assertThat(found.at("/strengths/0/answers").size()).isEqualTo(3);
        assertThat(found.at("/strengths/0/measures/human/level/n").intValue()).isEqualTo(3);
        assertThat(directory.resolve("steering/steering.json")).isNotEmptyFile();
    }
}
