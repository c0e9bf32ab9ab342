package dev.plumbline.app.cli;

import dev.plumbline.direction.Scaling;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is done to vectors before their components are taken. */
final class ScalingOption {
    @Option(
            names = "--scaling",
            converter = ById.class,
            defaultValue = "mean",
            paramLabel = "SCALING",
            description =
                    "mean: take the mean away (the paper); l2-mean: and give what remains length 1. Default: ${DEFAULT-VALUE}.")
    private Scaling scaling = Scaling.MEAN;

    Scaling scaling() {
        return scaling;
    }

    /** A scaling by its id. */
    private static final class ById implements ITypeConverter<Scaling> {
        @Override
        public Scaling convert(String value) {
            return Arrays.stream(Scaling.values())
                    .filter(scaling -> scaling.id().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + Arrays.stream(Scaling.values()).map(Scaling::id).toList() + ", found \"" + value
                            + "\""));
        }
    }
}
