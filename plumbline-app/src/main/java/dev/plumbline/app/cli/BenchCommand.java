package dev.plumbline.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.benchmark.Benchmark;
import dev.plumbline.benchmark.BenchmarkReport;
import dev.plumbline.benchmark.BenchmarkSettings;
import dev.plumbline.benchmark.HookLoad;
import dev.plumbline.benchmark.RandomCheckpoint;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.LinearWeight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures speed. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how fast a model runs on this machine, beside how fast the machine could.",
            "",
            "ppN: reading prompts of N tokens, with the logits of the next one. tgN: sampling N tokens. exN: reading sequences"
                    + " of N tokens as far as the last recorded layer. Of ceiling: of this machine's own linear"
                    + " projections (pp, ex) or memory bandwidth (tg), measured first."
        },
        footer = {
            "",
            "Examples:",
            "  plumb bench --model nano --batch 1,16",
            "  plumb bench --config config.json --hooks off,all,monitor,cap --prompt 512 --generate 32",
            "  plumb bench --config config.json --write-checkpoint DIR      (only writes random weights)",
            "  plumb bench --config Qwen/Qwen3-0.6B/config.json --prompt 128 --generate 16"
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** What is measured. */
    private static final class Source {
        @Option(
                names = "--model",
                paramLabel = "MODEL",
                description = "Checkpoint directory, or \"nano\" for the bundled model organism.")
        private @Nullable String model;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description =
                        "A config.json; weights are random, as speed does not depend on them." + InputFile.OR_IN_HUB)
        private @Nullable InputFile config;
    }

    @Mixin
    private final ComputeOptions compute = new ComputeOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Option(
            names = {"-p", "--prompt"},
            split = ",",
            defaultValue = "512",
            paramLabel = "N",
            description = "Lengths of prompts; 0 for none. Default: ${DEFAULT-VALUE}.")
    @Within(least = 0)
    private List<Integer> prompts = List.of();

    @Option(
            names = {"-n", "--generate"},
            split = ",",
            defaultValue = "32",
            paramLabel = "N",
            description = "Numbers of tokens to sample; 0 for none. Default: ${DEFAULT-VALUE}.")
    @Within(least = 0)
    private List<Integer> generated = List.of();

    @Option(
            names = {"-x", "--extract"},
            split = ",",
            defaultValue = "0",
            paramLabel = "N",
            description = "Lengths of sequences to extract means from; 0 for none. Default: ${DEFAULT-VALUE}.")
    @Within(least = 0)
    private List<Integer> extracted = List.of();

    @Option(
            names = {"-b", "--batch"},
            split = ",",
            defaultValue = "1,16",
            paramLabel = "N",
            description =
                    "Numbers of sequences. If 1 is the only one, weights lie in memory as for plumb chat, else as for"
                            + " batches. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private List<Integer> batches = List.of();

    @Option(
            names = "--hooks",
            split = ",",
            defaultValue = "off",
            paramLabel = "LOAD",
            description = "What hooks do meanwhile: off; one or all: average the middle or every layer; monitor: one"
                    + " projection of every token; steer: one addition; cap: caps on eight layers. Default:"
                    + " ${DEFAULT-VALUE}.")
    private List<HookLoad> loads = List.of();

    @Option(
            names = {"-r", "--rounds"},
            defaultValue = "5",
            paramLabel = "N",
            description = "How often each is run, after one run that is not counted. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int rounds;

    @Option(
            names = "--write-checkpoint",
            paramLabel = "DIR",
            description = "Write the random weights of --config there, and do nothing else.")
    private @Nullable Path checkpoint;

    @Option(names = "--json", description = "One JSON object on stdout; otherwise a Markdown table.")
    private boolean json;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (source.config != null && checkpoint != null) {
            write(source.config.file(), checkpoint);
            console.data(checkpoint.toString());
        } else if (source.config != null) {
            Path scratch = Files.createTempDirectory("plumb-bench");
            try {
                write(source.config.file(), scratch);
                measure(scratch, compute.loadOptions("").withLayout(layout()));
            } finally {
                for (String file : List.of("config.json", "model.safetensors", "")) {
                    Files.deleteIfExists(scratch.resolve(file));
                }
            }
        } else {
            String model = String.valueOf(source.model);
            measure(Models.directory(model), compute.loadOptions(model).withLayout(layout()));
        }
        return ExitCode.OK;
    }

    private LinearWeight.Layout layout() {
        return batches.stream().allMatch(batch -> batch == 1)
                ? LinearWeight.Layout.ofOneSequence()
                : LinearWeight.Layout.TILES;
    }

    private void write(Path config, Path directory) throws IOException {
        DType dtype = compute.precision() == LoadOptions.Precision.F32 ? DType.F32 : DType.BF16;
        RandomCheckpoint.write(directory, object(config), dtype, 0);
    }

    private static ObjectNode object(Path config) throws IOException {
        try {
            JsonNode root = JsonMapper.builder().build().readTree(Files.readString(config));
            if (root instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException(config + " is not a JSON object (--config)");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(config + " is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void measure(Path directory, LoadOptions options) {
        BenchmarkSettings settings = new BenchmarkSettings(
                positive(prompts),
                positive(generated),
                positive(extracted),
                batches,
                loads,
                rounds,
                sampling.sampling());
        try (LanguageModel model = LanguageModel.load(directory, options);
                Progress bar = console.progress("bench", "runs", settings.runs())) {
            BenchmarkReport report = new Benchmark(model, settings, (done, what) -> {
                        bar.at(done);
                        bar.note(what);
                    })
                    .run();
            if (json) {
                console.json(report);
            } else {
                console.data(report.markdown());
            }
        }
    }

    private static List<Integer> positive(List<Integer> numbers) {
        return numbers.stream().filter(n -> n != 0).toList();
    }
}
