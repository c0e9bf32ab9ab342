package dev.plumbline.steer.spec;

import dev.plumbline.steer.Intervention;
import dev.plumbline.steer.ReferenceAblation;
import java.util.List;
import java.util.Optional;

/**
 * Interventions as they are written. Parsing looks at the text alone; {@link #on} reads the files.
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><td>{@code FILE@LAYERS=STRENGTH}</td><td>{@linkplain #steering steering}</td></tr>
 * <tr><td>{@code FILE@LAYERS}, {@code FILE@LAYERS=MEAN}</td><td>{@linkplain #ablation ablation}, to zero or to a mean</td></tr>
 * <tr><td>{@code FILE@LAYERS=LOW..HIGH}, {@code FILE#EXPERIMENT}</td><td>{@linkplain #cap caps}</td></tr>
 * </table>
 */
public sealed interface InterventionSpec
        permits SteeringSpec, AblationSpec, ReferenceAblationSpec, CapSpec, ExperimentSpec {

    /** The interventions on a model, in the order in which they are to run. */
    List<Intervention> on(SpecContext context);

    /**
     * Steering, {@code FILE@LAYERS=STRENGTH}. A strength is a multiple of the vector as it is stored ({@code -2}), a distance
     * ({@code 3len}), or a multiple of the distance between roles and Assistant ({@code 1.5gap}) or of the mean length of
     * activations ({@code 0.25norm}); {@code 0.3turn} turns activations and keeps their length.
     */
    static InterventionSpec steering(String text) {
        int equals = equals(text, "FILE@LAYERS=STRENGTH, such as axis.pt@12=+1.5gap");
        return new SteeringSpec(
                VectorSpec.parse(text.substring(0, equals)), Strength.parse(text.substring(equals + 1)));
    }

    /**
     * Ablation: {@code FILE@LAYERS} takes out all that lies along the direction, {@code FILE@LAYERS=MEAN} puts a mean in its
     * place, given as a projection on the unit vector or as a file of mean activations such as {@code vectors/default.pt}.
     */
    static InterventionSpec ablation(String text) {
        int equals = text.lastIndexOf('=');
        return equals < 0
                ? new AblationSpec(VectorSpec.parse(text), Optional.empty())
                : new AblationSpec(
                        VectorSpec.parse(text.substring(0, equals)),
                        Optional.of(MeanSpec.parse(text.substring(equals + 1))));
    }

    /**
     * What the assistant-axis repository does under the name of ablation, {@link ReferenceAblation}: {@code
     * FILE@LAYERS=COEFFICIENT}, or {@code FILE@LAYERS=MEANFILE} for what it calls mean ablation.
     */
    static InterventionSpec referenceAblation(String text) {
        int equals = equals(text, "FILE@LAYERS=COEFFICIENT or FILE@LAYERS=MEANFILE");
        return new ReferenceAblationSpec(
                VectorSpec.parse(text.substring(0, equals)), MeanSpec.parse(text.substring(equals + 1)));
    }

    /**
     * Caps: {@code FILE#EXPERIMENT} is an experiment of a {@code capping_config.pt}, by id or by index from 0; {@code
     * FILE@LAYERS=LOW..HIGH} keeps projections on the unit vector within bounds, either of which may be left out: {@code
     * axis.pt@12=1.5..} is a floor.
     */
    static InterventionSpec cap(String text) {
        int bounds = text.lastIndexOf('=');
        int hash = text.lastIndexOf('#');
        if (hash > 0) {
            return new ExperimentSpec(text.substring(0, hash), text.substring(hash + 1));
        }
        if (bounds < 0) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no cap; expected FILE#EXPERIMENT, such as capping_config.pt#layers_46:54-p0.25, or"
                    + " FILE@LAYERS=LOW..HIGH, such as axis.pt@12=1.5..");
        }
        return CapSpec.parse(text.substring(0, bounds), text.substring(bounds + 1));
    }

    private static int equals(String text, String expected) {
        int equals = text.lastIndexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("\"" + text + "\" has no \"=\"; expected " + expected);
        }
        return equals;
    }
}
