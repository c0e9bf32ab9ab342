package dev.plumbline.nano.eval;

import dev.plumbline.nano.grammar.Role;
import java.util.List;
import java.util.Map;

/**
 * The geometry of the roles at one layer (Lu et al., sections 2 and 3).
 *
 * @param layer 0-based block index
 * @param axis mean of the default Assistant's activations minus the mean of the role vectors, not normalised
 * @param defaultProjection mean default activation on the unit axis
 * @param roleProjections each role vector on the unit axis, in the order of {@code roles}
 * @param roles the roles that had responses fully in character
 * @param cosine of PC1 with the axis, without its sign
 * @param ratios share of the variance of each of the first components
 * @param correlations per component, with each dimension of the roles' voices by name, without sign
 */
public record PersonaSpace(
        int layer,
        double[] axis,
        double defaultProjection,
        double[] roleProjections,
        List<Role> roles,
        double cosine,
        double[] ratios,
        List<Map<String, Double>> correlations) {
    public PersonaSpace {
        roles = List.copyOf(roles);
        correlations = List.copyOf(correlations);
    }
}
