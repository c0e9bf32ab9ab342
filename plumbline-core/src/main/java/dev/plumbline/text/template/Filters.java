package dev.plumbline.text.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** All filters by name. */
final class Filters {
    private static final Map<String, Filter> ALL = all();

    /** What Jinja has and this interpreter lacks: HTML, randomness and pretty-printing. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "e",
            "escape",
            "filesizeformat",
            "forceescape",
            "groupby",
            "pprint",
            "random",
            "striptags",
            "truncate",
            "urlencode",
            "urlize",
            "wordcount",
            "wordwrap",
            "xmlattr");

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>(TextFilters.ALL);
        all.putAll(SequenceFilters.ALL);
        all.putAll(ValueFilters.ALL);
        return Map.copyOf(all);
    }

    static boolean exists(String name) {
        return ALL.containsKey(name);
    }

    static Filter named(String name) {
        Filter filter = ALL.get(name);
        if (filter == null) {
            throw missing(name);
        }
        return filter;
    }

    static Failure missing(String name) {
        return new Failure(
                UNSUPPORTED.contains(name)
                        ? "Jinja's filter '" + name + "' is not supported"
                        : "There is no filter '" + name + "'");
    }
}
