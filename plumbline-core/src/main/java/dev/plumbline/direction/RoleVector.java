package dev.plumbline.direction;

/**
 * The mean activation of responses given in one role.
 *
 * @param role name of the role
 * @param kind which responses it is of
 * @param vectors {@code [L, D]}
 */
public record RoleVector(String role, Kind kind, LayerVectors vectors) {

    /** Which responses count. The scores are those of the role judge, 0 to 3. */
    public enum Kind {
        /** Score 3: the role is fully played. */
        FULLY,
        /** Score 2: the role shows. */
        SOMEWHAT,
        /** All responses, whatever their score: the default Assistant plays no role. */
        MEAN
    }
}
