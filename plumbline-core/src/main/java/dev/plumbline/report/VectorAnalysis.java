package dev.plumbline.report;

import dev.plumbline.artifact.VectorCollection;
import dev.plumbline.artifact.VectorCollection.LayerSlice;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.ComponentSpace;
import dev.plumbline.direction.Scaling;
import dev.plumbline.report.figure.PersonaGroup;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The analyses of a model's vectors that the Assistant Axis notebooks make, from the files alone: no model is needed.
 *
 * <p>Similarities are cosines. Those of roles are about the mean of the roles, since raw means share one large component
 * that has nothing to do with the role; those of traits are taken as they are, since a trait is a difference already.
 */
public final class VectorAnalysis {

    /** Components that roles and traits are compared with. */
    static final int COMPONENTS = 3;

    private final VectorCollection collection;
    private final AssistantAxis axis;
    private final LayerSlice slice;
    private final String name;

    private VectorAnalysis(VectorCollection collection, AssistantAxis axis, LayerSlice slice, String name) {
        this.collection = collection;
        this.axis = axis;
        this.slice = slice;
        this.name = name;
    }

    /**
     * Reads the vectors at one layer, and the axis at every layer.
     *
     * @param layer 0-based
     * @param name of the model, for titles
     * @throws dev.plumbline.artifact.MalformedArtifactException if a file is damaged or does not fit the others
     * @throws IllegalArgumentException if there is no such layer
     */
    public static VectorAnalysis at(VectorCollection collection, int layer, String name) {
        AssistantAxis axis = collection.axis();
        return new VectorAnalysis(collection, axis, collection.at(axis, layer), name);
    }

    /** The same at the layer that is chosen for the model, see {@link VectorCollection#settings}. */
    public static VectorAnalysis atTarget(VectorCollection collection, String name) {
        AssistantAxis axis = collection.axis();
        int target = collection.settings(axis).targetLayer();
        int[] layers = axis.vectors().layers();
        boolean whole = layers[layers.length - 1] == layers.length - 1;
        return new VectorAnalysis(
                collection, axis, collection.at(axis, whole ? target : layers[layers.length / 2]), name);
    }

    public int layer() {
        return slice.layer();
    }

    /** Which vectors the components are of. */
    public enum Population {
        ROLES(PersonaGroup.ROLE),
        TRAITS(PersonaGroup.TRAIT);

        private final PersonaGroup group;

        Population(PersonaGroup group) {
            this.group = group;
        }

        /** How its members are drawn. */
        PersonaGroup group() {
            return group;
        }

        SortedMap<String, float[]> of(LayerSlice slice) {
            return this == ROLES ? slice.roles() : slice.traits();
        }

        /** As in a sentence, {@code roles}. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Principal components: how much variance each explains, and where the vectors lie.
     *
     * @throws IllegalArgumentException if there are fewer than 3 vectors
     */
    public AnalysisReport components(Population population, Scaling scaling, int labels) {
        return ComponentReport.of(name, slice, population, space(population, scaling), labels);
    }

    /** Cosines of roles and traits with the axis and the first components of the roles. */
    public AnalysisReport similarities(Scaling scaling, int labels) {
        return SimilarityReport.of(name, slice, space(Population.ROLES, scaling), labels);
    }

    /** Length and direction of the axis at every layer. */
    public AnalysisReport layers() {
        return AxisLayersReport.of(name, axis, slice.layer());
    }

    /** Whether another model arranges the same roles alike. */
    public AnalysisReport compare(VectorAnalysis other, Population population, Scaling scaling) {
        boolean sameName = name.equals(other.name);
        return ComparisonReport.of(
                population,
                sameName ? collection.folder().toString() : name,
                slice,
                space(population, scaling),
                sameName ? other.collection.folder().toString() : other.name,
                other.slice,
                other.space(population, scaling));
    }

    private ComponentSpace space(Population population, Scaling scaling) {
        SortedMap<String, float[]> vectors = population.of(slice);
        if (vectors.size() < COMPONENTS) {
            throw new IllegalArgumentException(collection.folder() + " has " + vectors.size() + " vectors of "
                    + population.word() + "; components need at least " + COMPONENTS);
        }
        return ComponentSpace.fit(vectors, scaling, slice.axis());
    }

    /** How it was made, for the foot of a page. */
    static List<Fact> facts(LayerSlice slice, String scaling) {
        return List.of(
                new Fact("Layer", slice.layer() + ", counted from 0; output of the block"),
                new Fact("Roles", Integer.toString(slice.roles().size())),
                new Fact("Traits", Integer.toString(slice.traits().size())),
                new Fact("Scaling", scaling));
    }
}
