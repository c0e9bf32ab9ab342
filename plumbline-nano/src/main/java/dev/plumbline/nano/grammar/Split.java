package dev.plumbline.nano.grammar;

/** Whether something may occur in training. */
public enum Split {
    TRAINED,
    HELD_OUT
}
