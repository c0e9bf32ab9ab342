package dev.plumbline.text.template;

/**
 * How much one rendering may do before it is stopped. The defaults are far above what any chat needs.
 *
 * @param steps most expressions, statements and items to visit
 * @param characters most characters in one text, the output included; all texts made on the way may hold 16 times as many
 * @param depth deepest nesting of expressions, statements and macro calls
 */
public record TemplateLimits(long steps, int characters, int depth) {
    public static final TemplateLimits DEFAULT = new TemplateLimits(20_000_000, 16_000_000, 600);

    public TemplateLimits {
        if (steps < 1 || characters < 1 || depth < 1) {
            throw new IllegalArgumentException("Template limits must be positive; found " + steps + " steps, "
                    + characters + " characters, depth " + depth);
        }
    }
}
