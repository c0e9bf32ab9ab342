package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.nano.eval.EngineResponder;
import dev.plumbline.nano.eval.Figure;
import dev.plumbline.nano.eval.NanoEval;
import dev.plumbline.nano.eval.PersonaSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures an organism. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Measure what the organism can do, on held-out questions and system prompts, with the number of"
                + " responses and 95 %% intervals. Judged by its grammar, which knows no other model.",
        footer = {"", "Examples:", "  plumb nano eval", "  plumb nano eval --model organism --size 2 --json"})
final class NanoEvalCommand implements Callable<Integer> {
    private static final int DRIFT_TURNS = 6;

    private final Console console;

    @Option(
            names = "--model",
            defaultValue = Models.NANO,
            paramLabel = "MODEL",
            description = "Checkpoint directory of an organism. Default: the bundled one.")
    private String model = Models.NANO;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--size",
            defaultValue = "4",
            paramLabel = "N",
            description = "Cases per role and kind; the time grows with it. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int size;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    NanoEvalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (LanguageModel loaded = LanguageModel.load(
                Models.directory(model),
                Models.inLanes(LoadOptions.DEFAULT.withPrecision(LoadOptions.Precision.F32)))) {
            NanoEval eval = new NanoEval(new EngineResponder(loaded), seed, size);
            List<Figure> figures = Stream.of(
                            eval.inCharacter(), eval.tasks(), eval.vault(), eval.drift(DRIFT_TURNS), eval.traits())
                    .flatMap(List::stream)
                    .toList();
            List<PersonaSpace> layers = eval.personaSpace();
            if (json) {
                console.json(object(figures, layers));
            } else {
                figures.forEach(figure -> console.data(figure.toString()));
                layers.forEach(this::print);
            }
        }
        return ExitCode.OK;
    }

    private void print(PersonaSpace space) {
        console.data(String.format(Locale.ROOT, "layer %d: PC1-axis cosine %.3f", space.layer(), space.cosine()));
        for (int i = 0; i < space.correlations().size(); i++) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT, "  PC%d %4.1f %% of variance; |r| with", i + 1, 100 * space.ratios()[i]));
            space.correlations()
                    .get(i)
                    .forEach((name, r) -> line.append(String.format(Locale.ROOT, "  %s %.2f", name, r)));
            console.data(line.toString());
        }
    }

    private static Map<String, Object> object(List<Figure> figures, List<PersonaSpace> layers) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("figures", figures);
        object.put(
                "layers",
                layers.stream()
                        .map(space -> Map.of(
                                "layer", space.layer(),
                                "pc1_axis_cosine", space.cosine(),
                                "variance_ratios", space.ratios(),
                                "correlations", space.correlations()))
                        .toList());
        return object;
    }
}
