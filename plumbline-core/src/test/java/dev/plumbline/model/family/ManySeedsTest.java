package dev.plumbline.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.model.family.Fidelity.Deviation;
import dev.plumbline.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whether an error in bf16 above the reference's is more than luck: the ratio of both over checkpoints that differ in nothing
 * but their random weights and prompts, made by tools/golden/seeds.py.
 */
@EnabledIfSystemProperty(
        named = "plumbline.fidelity.seeds",
        matches = ".+",
        disabledReason = "no directory of tools/golden/seeds.py is given")
class ManySeedsTest {

    /** Geometric mean of ratios, and its 95 % interval. */
    private record Ratio(double mean, double low, double high) {
        static Ratio of(double[] ratios) {
            double[] logs = Arrays.stream(ratios).map(Math::log).toArray();
            double mean = Arrays.stream(logs).average().orElseThrow();
            double variance =
                    Arrays.stream(logs).map(x -> (x - mean) * (x - mean)).sum() / (logs.length - 1);
            double margin = 1.96 * Math.sqrt(variance / logs.length);
            return new Ratio(Math.exp(mean), Math.exp(mean - margin), Math.exp(mean + margin));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, low, high);
        }
    }

    @Test
    void sixteenBitsErrNoMoreThanTheReferenceDoes() throws IOException {
        System.out.println("| checkpoint | n | residuals | logits |\n|---|---|---|---|");
        for (Path group : children(Path.of(System.getProperty("plumbline.fidelity.seeds")))) {
            List<Path> seeds = children(group);
            List<Fidelity> found = seeds.stream()
                    .map(seed -> Fidelity.measure(seed, DType.BF16))
                    .toList();
            List<Fidelity> reference =
                    seeds.stream().map(Fidelity::ofTheReference).toList();
            Ratio residuals = ratio(found, reference, Fidelity::residuals);
            Ratio logits = ratio(found, reference, Fidelity::logits);
            System.out.printf("| %s | %d | %s | %s |%n", group.getFileName(), seeds.size(), residuals, logits);
            assertThat(residuals.low()).as("residuals of %s", group).isLessThan(1.01);
            assertThat(logits.low()).as("logits of %s", group).isLessThan(1.01);
        }
    }

    private static Ratio ratio(List<Fidelity> found, List<Fidelity> reference, Function<Fidelity, Deviation> part) {
        double[] ratios = new double[found.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = part.apply(found.get(i)).rms()
                    / part.apply(reference.get(i)).rms();
        }
        return Ratio.of(ratios);
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        }
    }
}
