package dev.plumbline.report;

import dev.plumbline.report.PersonaSpace.LayerSpace;
import dev.plumbline.report.PersonaSpace.LayerTrend;
import dev.plumbline.report.PersonaSpace.Loss;
import dev.plumbline.report.PersonaSpace.Responses;
import dev.plumbline.report.figure.PersonaPoint;
import java.util.List;
import java.util.stream.IntStream;

/** An invented persona space with three layers. */
final class SampleSpace {

    private SampleSpace() {}

    static PersonaSpace of(List<String> roles) {
        return new PersonaSpace(
                "nano-persona-6l",
                new Responses(
                        8880,
                        8512,
                        List.of(
                                new Loss("judged below 3: the role was not played", 341),
                                new Loss("cut off at the token limit", 24),
                                new Loss("empty", 3))),
                18,
                List.of(layer(12, roles), layer(18, roles), layer(24, roles)),
                IntStream.range(0, 28)
                        .mapToObj(i ->
                                new LayerTrend(i, 0.4 + Math.pow(i / 27.0, 2.2) * 24, 0.94 - 0.55 * Math.exp(-i / 4.0)))
                        .toList(),
                List.of(
                        new Fact("Model", "nano-persona-6l, revision 4f1c2a9"),
                        new Fact("Site", "RESID_POST, mean over response tokens"),
                        new Fact("Chat template", "sha256:6b1f…c2"),
                        new Fact("Plumbline", "0.1.0")));
    }

    private static LayerSpace layer(int layer, List<String> roles) {
        List<PersonaPoint> personas = SampleFigures.personas(roles, layer);
        return new LayerSpace(layer, personas, SampleFigures.varianceRatios(), 0.913, SampleFigures.cosines(personas));
    }
}
