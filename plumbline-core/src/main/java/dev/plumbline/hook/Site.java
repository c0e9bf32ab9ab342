package dev.plumbline.hook;

/**
 * One place in the model.
 *
 * @param layer 0-based block index
 * @param point where in the block
 */
public record Site(int layer, HookPoint point) {
    public Site {
        if (layer < 0) {
            throw new IllegalArgumentException("Layer " + layer + " is negative; layers count from 0");
        }
    }

    /** In words, for messages: {@code layer 3 (RESID_POST)}. */
    @Override
    public String toString() {
        return "layer " + layer + " (" + point + ")";
    }

    public static Site residPost(int layer) {
        return new Site(layer, HookPoint.RESID_POST);
    }
}
