package dev.plumbline.direction;

/**
 * The direction of a trait: per layer, mean over responses that show it minus mean over responses that do not (Persona
 * Vectors, arXiv 2507.21509). Not normalised.
 *
 * @param trait name of the trait
 * @param vectors {@code [L, D]}
 */
public record PersonaVector(String trait, LayerVectors vectors) {

    public static PersonaVector differenceOfMeans(String trait, MeanAccumulator positive, MeanAccumulator negative) {
        return new PersonaVector(trait, positive.meanMinus(negative));
    }
}
