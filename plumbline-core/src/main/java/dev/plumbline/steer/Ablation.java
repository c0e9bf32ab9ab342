package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;

/** Removes what lies along a direction: {@code h ← h − (h · v̂) v̂}. */
public record Ablation(Direction direction) implements Intervention {

    @Override
    public float[] apply(float[] activation) {
        return Component.bounded(activation, direction, 0, 0);
    }

    @Override
    public Edit edit() {
        return VectorEdit.withUnit(direction, Component::removed);
    }
}
