package dev.plumbline.app.cli;

import dev.plumbline.artifact.AxisFile;
import dev.plumbline.capture.ActivationNorms;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.steer.Intervention;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.spec.InterventionSpec;
import dev.plumbline.steer.spec.SpecContext;
import dev.plumbline.text.ConversationFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is done to the model while it answers. At one site ablations run first, then steering, then caps. */
final class InterventionOptions {
    @Option(
            names = "--steer",
            paramLabel = "SPEC",
            converter = SteeringConverter.class,
            description =
                    "FILE@LAYERS=STRENGTH: add a vector. axis.pt@12=-2 is minus twice the vector as stored; 3len a"
                            + " distance, 1.5gap in distances between the roles and the Assistant, 0.25norm in mean lengths of"
                            + " activations; 0.3turn turns and keeps the length. LAYERS: 12; 12,14; 46:54 (54 not included); all."
                            + InputFile.OR_IN_HUB)
    private List<InterventionSpec> steering = List.of();

    @Option(
            names = "--ablate",
            paramLabel = "SPEC",
            converter = AblationConverter.class,
            description =
                    "FILE@LAYERS: take out what lies along a direction. FILE@LAYERS=MEAN puts a mean in its place: a"
                            + " projection, or a file of mean activations.")
    private List<InterventionSpec> ablations = List.of();

    @Option(
            names = "--ablate-as-reference",
            paramLabel = "SPEC",
            converter = ReferenceAblationConverter.class,
            description = "FILE@LAYERS=COEFFICIENT or FILE@LAYERS=MEANFILE: what the assistant-axis repository calls"
                    + " ablation and mean ablation.")
    private List<InterventionSpec> referenceAblations = List.of();

    @Option(
            names = "--cap",
            paramLabel = "SPEC",
            converter = CapConverter.class,
            description =
                    "FILE#EXPERIMENT: an experiment of a capping_config.pt, by id or index. FILE@LAYERS=LOW..HIGH:"
                            + " bounds of the projection, either of which may be left out (axis.pt@12=1.5.. is a floor)."
                            + InputFile.OR_IN_HUB)
    private List<InterventionSpec> caps = List.of();

    @Mixin
    private final PositionOptions positions = new PositionOptions();

    @Option(
            names = "--gap-axis",
            paramLabel = "FILE",
            description = "axis.pt whose length is one gap. Default: the length of the steering vector itself."
                    + InputFile.OR_IN_HUB)
    private @Nullable InputFile gapAxis;

    @Option(
            names = "--norms-on",
            split = ",",
            paramLabel = "FILE",
            description = "Conversations on whose tokens the mean length of activations is measured, for strengths in"
                    + " norm.")
    private List<Path> normTexts = List.of();

    boolean isEmpty() {
        return specs().findAny().isEmpty();
    }

    /** Reads the files, for a model. */
    Treatment treatment(LanguageModel model) {
        SpecContext context = context(model, gapAxis, normTexts);
        List<Intervention> interventions =
                specs().flatMap(spec -> spec.on(context).stream()).toList();
        return new Treatment(interventions, positions.positions());
    }

    private Stream<InterventionSpec> specs() {
        return Stream.of(ablations, referenceAblations, steering, caps).flatMap(List::stream);
    }

    /** The model, and where files are found, those of the Hub among them. */
    static SpecContext context(LanguageModel model) {
        return SpecContext.of(model.config().nLayers(), model.config().dModel()).withFiles(InputFile::named);
    }

    /** The same, and what units are measured by. */
    static SpecContext context(LanguageModel model, @Nullable InputFile gapAxis, List<Path> normTexts) {
        SpecContext context = context(model);
        if (gapAxis != null) {
            context = context.withAxis(AxisFile.read(gapAxis.file()));
        }
        return normTexts.isEmpty()
                ? context
                : context.withNorms(ActivationNorms.mean(
                        model, normTexts.stream().map(ConversationFile::read).toList()));
    }

    private abstract static class SpecConverter implements ITypeConverter<InterventionSpec> {
        @Override
        public InterventionSpec convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }

        abstract InterventionSpec parse(String text);
    }

    static final class SteeringConverter extends SpecConverter {
        @Override
        InterventionSpec parse(String text) {
            return InterventionSpec.steering(text);
        }
    }

    static final class AblationConverter extends SpecConverter {
        @Override
        InterventionSpec parse(String text) {
            return InterventionSpec.ablation(text);
        }
    }

    static final class ReferenceAblationConverter extends SpecConverter {
        @Override
        InterventionSpec parse(String text) {
            return InterventionSpec.referenceAblation(text);
        }
    }

    static final class CapConverter extends SpecConverter {
        @Override
        InterventionSpec parse(String text) {
            return InterventionSpec.cap(text);
        }
    }
}
