package dev.plumbline.report.figure;

/** Whether a persona is the model's own Assistant, unprompted, or a role that it was asked to play. */
public enum PersonaGroup {
    DEFAULT("Default Assistant"),
    ROLE("Role");

    private final String label;

    PersonaGroup(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
