package dev.plumbline.nano.grammar;

/** The directions in which voices differ. The register moves most of what is said; the others less. */
public enum Dimension {
    REGISTER,
    COLLECTIVE,
    FORMAL,
    WARM
}
