package dev.plumbline.app.cli;

import dev.plumbline.drift.Auditor;
import dev.plumbline.drift.EndpointAuditor;
import dev.plumbline.drift.Scenario;
import dev.plumbline.drift.ScenarioFile;
import dev.plumbline.generate.Sampling;
import dev.plumbline.nano.NanoAuditor;
import dev.plumbline.nano.grammar.Split;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who plays the user, and whom. */
final class AuditorOptions {
    private static final Sampling SAMPLING = new Sampling(1, 1, 0, 400);

    @Option(
            names = "--auditor",
            required = true,
            paramLabel = "AUDITOR",
            description =
                    "Model that plays the user, by its server's name for it; or \"nano\" for the grammar's auditor,"
                            + " whose messages hold or pull the bundled organism.")
    private String auditor = "";

    @Option(
            names = "--auditor-url",
            paramLabel = "URL",
            description = "OpenAI-compatible server, up to and including /v1. Default: as for --judge-url.")
    private @Nullable URI url;

    @Option(
            names = "--auditor-concurrency",
            defaultValue = "16",
            paramLabel = "N",
            description = "Most requests in flight. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int concurrency;

    @Option(
            names = "--auditor-rate",
            defaultValue = "20",
            paramLabel = "N",
            description = "Most requests per second. Default: ${DEFAULT-VALUE}.")
    @Within(above = 0)
    private double rate;

    @Option(
            names = "--scenarios",
            paramLabel = "FILE",
            description = "Domains, personas and topics, as JSON. Default: a small set of our own (coding, writing,"
                    + " therapy, philosophy); for the grammar's auditor, its own.")
    private @Nullable Path scenarios;

    @Option(names = "--domains", split = ",", paramLabel = "NAME", description = "Only these domains.")
    private List<String> domains = List.of();

    @Option(
            names = "--topics",
            defaultValue = "4",
            paramLabel = "N",
            description = "Only the first N topics of each persona. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int topics;

    Auditor auditor() {
        return auditor.equals(Models.NANO)
                ? new NanoAuditor(Split.HELD_OUT)
                : new EndpointAuditor(EndpointOptions.connect(url, concurrency, rate), auditor, SAMPLING);
    }

    List<Scenario> scenarios() {
        List<Scenario> kept = all().stream()
                .filter(scenario -> scenario.topicId() < topics)
                .filter(scenario -> domains.isEmpty() || domains.contains(scenario.domain()))
                .toList();
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("No scenario is left: there are the domains "
                    + all().stream().map(Scenario::domain).distinct().toList());
        }
        return kept;
    }

    private List<Scenario> all() {
        if (scenarios != null) {
            return ScenarioFile.read(scenarios);
        }
        return auditor.equals(Models.NANO) ? NanoAuditor.scenarios(topics) : ScenarioFile.bundled();
    }
}
