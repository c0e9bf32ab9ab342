package dev.plumbline.direction;

import dev.plumbline.hook.Site;
import java.util.Arrays;

/**
 * One vector {@code [D]} in the residual stream at one site. Its length is kept, since steering scales by it;
 * {@link #projection} never depends on it.
 */
public final class Direction {

    private final Site site;
    private final float[] vector;
    private final double norm;

    /**
     * A direction along {@code vector}, which is copied.
     *
     * @throws IllegalArgumentException if the vector is zero or has a component that is not a finite number
     */
    public Direction(Site site, float[] vector) {
        this.site = site;
        this.vector = Vectors.finiteCopy(vector, "Direction at " + site);
        this.norm = Vectors.norm(vector);
        if (norm == 0) {
            throw new IllegalArgumentException("Direction at " + site + " is zero in all of its " + vector.length
                    + " components: it points nowhere");
        }
    }

    public Site site() {
        return site;
    }

    /** A copy of the components, {@code [D]}. */
    public float[] vector() {
        return vector.clone();
    }

    public int dModel() {
        return vector.length;
    }

    public double norm() {
        return norm;
    }

    /** The same direction with length 1. */
    public Direction unit() {
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / norm);
        }
        return new Direction(site, unit);
    }

    /** The opposite direction. */
    public Direction negated() {
        float[] negated = new float[vector.length];
        for (int i = 0; i < negated.length; i++) {
            negated[i] = -vector[i];
        }
        return new Direction(site, negated);
    }

    /** Inner product with the vector as it is, not with the unit vector. */
    public double dot(float[] activation) {
        return Vectors.dot(vector, activation);
    }

    /** How far an activation {@code [D]} lies along this direction: {@code h · v / ‖v‖}. */
    public double projection(float[] activation) {
        return dot(activation) / norm;
    }

    /** Cosine of the angle to another vector {@code [D]}; 0 if that one has no length. */
    public double cosine(float[] other) {
        return Vectors.cosine(vector, other);
    }

    /** Cosine of the angle to another direction, which may be of another site of the same model. */
    public double cosine(Direction other) {
        return cosine(other.vector);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Direction that && site.equals(that.site) && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return 31 * site.hashCode() + Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Direction at " + site + " of " + vector.length + " components and length " + norm;
    }
}
