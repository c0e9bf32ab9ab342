package dev.plumbline.text.template;

/** What one rendering has used of its {@link TemplateLimits}. */
final class Budget {
    private static final int TEXTS_IN_ALL = 16;

    private final TemplateLimits limits;
    private long steps;
    private long characters;
    private int depth;

    Budget(TemplateLimits limits) {
        this.limits = limits;
    }

    void step() {
        steps(1);
    }

    void steps(long count) {
        steps += count;
        if (count < 0 || steps > limits.steps()) {
            throw new Failure("The template runs for more than " + limits.steps() + " steps");
        }
    }

    void enter() {
        step();
        if (++depth > limits.depth()) {
            throw new Failure("The template nests deeper than " + limits.depth() + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /** Called by text builders as they grow, with the length reached and what it grew by. */
    void grow(long length, long by) {
        characters += by;
        if (length > limits.characters() || characters > (long) limits.characters() * TEXTS_IN_ALL) {
            throw new Failure("The template makes more than " + limits.characters() + " characters of text");
        }
    }

    TextBuilder builder() {
        return new TextBuilder(this);
    }
}
