package dev.plumbline.steer;

import java.util.List;

/**
 * One named set of interventions of a {@link CappingConfig}, in the order in which they run.
 *
 * @param id unique in its configuration, such as {@code layers_46:54-p0.25}
 * @param entries at least one
 */
public record CappingExperiment(String id, List<Entry> entries) {

    /** Does something along a vector of the configuration. */
    public sealed interface Entry {

        /** Name of the vector. */
        String vector();
    }

    /**
     * Keeps the projection on the unit vector at or below a threshold.
     *
     * @param cap threshold
     */
    public record Ceiling(String vector, double cap) implements Entry {
        public Ceiling {
            Requirements.finite("Cap on " + vector, cap);
        }
    }

    /**
     * Adds the vector, with its own length, times a coefficient.
     *
     * @param coefficient of the vector
     */
    public record Steering(String vector, double coefficient) implements Entry {
        public Steering {
            Requirements.finite("Coefficient of " + vector, coefficient);
        }
    }

    public CappingExperiment {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("Experiment " + id + " has no interventions: it would cap nothing");
        }
    }
}
