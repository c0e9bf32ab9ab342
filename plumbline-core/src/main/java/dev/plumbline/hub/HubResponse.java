package dev.plumbline.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A response whose body is yet to be read; closing it frees the connection. */
record HubResponse(URI address, int status, HttpHeaders headers, Body body) implements AutoCloseable {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:(\\d{1,18})|\\*)");

    Optional<String> header(String name) {
        return headers.firstValue(name).filter(value -> !value.isBlank());
    }

    /** A header that is a number of bytes or seconds; empty if it is missing or nonsense. */
    OptionalLong number(String name) {
        return header(name)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }

    boolean isRedirect() {
        return REDIRECTS.contains(status) && header("location").isPresent();
    }

    /** Where the body's first byte belongs in the file. */
    OptionalLong start() {
        if (status == 200) {
            return OptionalLong.of(0);
        }
        Matcher range = range();
        return range.matches() ? OptionalLong.of(Long.parseLong(range.group(1))) : OptionalLong.empty();
    }

    /** Bytes of the whole file. */
    OptionalLong total() {
        if (status == 200) {
            return number("content-length");
        }
        Matcher range = range();
        return range.matches() && range.group(2) != null
                ? OptionalLong.of(Long.parseLong(range.group(2)))
                : OptionalLong.empty();
    }

    private Matcher range() {
        return RANGE.matcher(header("content-range").orElse(""));
    }

    @Override
    public void close() {
        body.close();
    }
}
