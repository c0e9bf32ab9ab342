package dev.plumbline.nano.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.nano.NanoModel;
import dev.plumbline.nano.eval.NanoEval;
import dev.plumbline.nano.eval.PersonaSpace;
import dev.plumbline.nano.eval.Responder;
import dev.plumbline.nano.vocabulary.Vocabulary;
import java.io.IOException;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Prints the figures of docs/organism.md, sampled with the trainer's own forward pass. Minutes, so its name
 * keeps it out of the build: it runs when asked for, with {@code -Dtest=BundledModelReport}. */
class BundledModelReport {
    private static final double TEMPERATURE = 0.7;
    private static final double TOP_P = 0.9;
    private static final long SEED = 7;
    private static final int SIZE = Integer.getInteger("nano.eval.size", 4);

    @Test
    void print() throws IOException {
        Vocabulary vocabulary = Vocabulary.read(NanoModel.directory().resolve("tokenizer.json"));
        try (Weights weights = StoredWeights.read(NanoModel.directory());
                Parameters parameters = new Parameters(weights)) {
            NanoEval eval = new NanoEval(sampler(parameters, vocabulary, (layer, x) -> x), SEED, SIZE);
            eval.inCharacter().forEach(System.out::println);
            eval.tasks().forEach(System.out::println);
            eval.vault().forEach(System.out::println);
            eval.drift(5).forEach(System.out::println);
            eval.traits().forEach(System.out::println);
            List<PersonaSpace> spaces = eval.personaSpace();
            for (PersonaSpace space : spaces) {
                System.out.printf(
                        "layer %d: |cos(PC1, axis)| %.3f, variance %s%n",
                        space.layer(), space.cosine(), java.util.Arrays.toString(space.ratios()));
                space.correlations().forEach(c -> System.out.println("    " + c));
            }
            for (int layer = 0; layer < spaces.size(); layer++) {
                printCapped(parameters, vocabulary, spaces.get(layer));
            }
            assertThat(spaces).hasSize(weights.shape().nLayers());
        }
    }

    /** Floor cap of Lu et al., section 5, at the mean default projection: h ← h − v · min(⟨h, v⟩ − τ, 0). */
    private void printCapped(Parameters parameters, Vocabulary vocabulary, PersonaSpace space) {
        double norm = 0;
        for (double x : space.axis()) {
            norm += x * x;
        }
        float[] unit = new float[space.axis().length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (space.axis()[i] / Math.sqrt(norm));
        }
        try (Tensor v = Native.tensor(unit, unit.length)) {
            Network.Hook cap = (layer, x) -> layer != space.layer()
                    ? x
                    : x.sub(x.matmul(v)
                            .sub(Native.scalar(space.defaultProjection()))
                            .clamp_max(Native.scalar(0))
                            .unsqueeze(1)
                            .mul(v.unsqueeze(0)));
            NanoEval eval = new NanoEval(sampler(parameters, vocabulary, cap), SEED, SIZE);
            System.out.println("floor at the mean default projection, layer " + space.layer());
            eval.vault().stream()
                    .filter(figure ->
                            figure.name().startsWith("default") || figure.name().contains("0.7"))
                    .forEach(figure -> System.out.println("    " + figure));
            eval.tasks().stream()
                    .filter(figure -> !figure.name().contains(","))
                    .forEach(figure -> System.out.println("    " + figure));
        }
    }

    private static Responder sampler(Parameters parameters, Vocabulary vocabulary, Network.Hook edit) {
        return new OrganismSampler(parameters, vocabulary, TEMPERATURE, TOP_P, edit);
    }
}
