package dev.plumbline.app.cli;

import dev.plumbline.judge.Judge;
import dev.plumbline.judge.LlmJudge;
import dev.plumbline.judge.ScoreScale;
import dev.plumbline.nano.NanoJudge;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who scores the responses. */
final class JudgeOptions {
    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            required = true,
            description = {
                "Model that judges, by its server's name for it (gpt-4.1-mini is the paper's); or \"nano\" for the"
                        + " grammar's judge, which knows only the bundled organism."
            })
    private String judge = "";

    @Option(
            names = "--judge-url",
            paramLabel = "URL",
            description = "OpenAI-compatible server, up to and including /v1. Default: OPENAI_BASE_URL, else OpenRouter"
                    + " if only OPENROUTER_API_KEY is set, else OpenAI. Keys come from OPENROUTER_API_KEY (OpenRouter) or"
                    + " OPENAI_API_KEY.")
    private @Nullable URI url;

    @Option(
            names = "--judge-concurrency",
            defaultValue = "32",
            paramLabel = "N",
            description = "Most requests in flight. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int concurrency;

    @Option(
            names = "--judge-rate",
            defaultValue = "50",
            paramLabel = "N",
            description = "Most requests per second. Default: ${DEFAULT-VALUE}.")
    @Within(above = 0)
    private double rate;

    Judge judge() {
        return judge.equals(Models.NANO)
                ? new NanoJudge()
                : new LlmJudge(
                        EndpointOptions.connect(url, concurrency, rate),
                        judge,
                        ScoreScale.ROLE,
                        LlmJudge.USUAL_MAX_TOKENS);
    }
}
