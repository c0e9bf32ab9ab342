package dev.plumbline.hub;

import dev.plumbline.hub.HubException.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a response that is not a success means, in words. */
final class Refusal {
    private static final Pattern RATE_LIMIT = Pattern.compile("r\\s*=\\s*0\\s*;\\s*t\\s*=\\s*(\\d{1,9})");

    private Refusal() {}

    /** The Hub's refusal of {@code what} (a file, or the list of files) of {@code repo}. */
    static HubException of(HubResponse response, HubRepo repo, String what, boolean hasToken) {
        int status = response.status();
        String code = response.header("x-error-code").orElse("");
        String detail = response.header("x-error-message").orElse("");
        if (code.equals("GatedRepo")) {
            return HubException.lasting(
                    Reason.GATED,
                    "The repository " + repo + " is gated: accept its terms on its page at the Hub"
                            + (hasToken ? " with the account of your token" : ", then set HF_TOKEN or log in"));
        }
        if (code.equals("RevisionNotFound")) {
            return HubException.lasting(
                    Reason.REVISION_NOT_FOUND,
                    "The repository " + repo + " has no branch, tag or commit '" + repo.revision()
                            + "': check the part after '@'");
        }
        if (code.equals("EntryNotFound")) {
            return fileNotFound(repo, what);
        }
        if (status == 401 && detail.startsWith("Invalid credentials")) {
            return HubException.lasting(
                    Reason.FORBIDDEN,
                    "The Hub does not accept the access token: it is wrong or has expired. Make a new one and set HF_TOKEN"
                            + " or log in again; for a public repository, unset it");
        }
        if (code.equals("RepoNotFound") || status == 401) {
            return HubException.lasting(
                    Reason.REPOSITORY_NOT_FOUND,
                    "There is no repository " + repo + ", or it is private: check the name"
                            + (hasToken
                                    ? ", and that the account of your token may see it"
                                    : "; if it is private, set HF_TOKEN or log in"));
        }
        if (status == 403) {
            return HubException.lasting(
                    Reason.FORBIDDEN,
                    describe(response) + " for " + what + " of " + repo
                            + ": check that your token may read this repository" + inBrackets(detail));
        }
        if (status == 404) {
            return fileNotFound(repo, what);
        }
        if (status == 429 || status == 408 || status >= 500) {
            Optional<Duration> wait = retryAfter(response);
            String message = describe(response) + " for " + what + " of " + repo
                    + wait.map(time -> "; it asks to wait " + time.toSeconds() + " s")
                            .orElse("")
                    + ". Try again later" + (status == 429 && !hasToken ? ", or log in for a higher limit" : "")
                    + inBrackets(detail);
            return wait.map(time -> HubException.passing(Reason.UNAVAILABLE, message, time))
                    .orElseGet(() -> HubException.passing(Reason.UNAVAILABLE, message));
        }
        return HubException.lasting(
                Reason.BAD_RESPONSE,
                describe(response) + " for " + what + " of " + repo + "; expected a success. Check HF_ENDPOINT and the"
                        + " proxy" + inBrackets(detail));
    }

    static HubException fileNotFound(HubRepo repo, String what) {
        return HubException.lasting(
                Reason.FILE_NOT_FOUND,
                "The repository " + repo + " has no " + what + ": check the name and the revision");
    }

    private static String describe(HubResponse response) {
        return Endpoint.withoutSecrets(response.address()) + " answers with status " + response.status();
    }

    private static String inBrackets(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    /** When to come back, from {@code Retry-After} in seconds or as a date, or from {@code RateLimit}. */
    private static Optional<Duration> retryAfter(HubResponse response) {
        OptionalLong seconds = response.number("retry-after");
        if (seconds.isPresent()) {
            return Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), Integer.MAX_VALUE)));
        }
        Matcher limit = RATE_LIMIT.matcher(response.header("ratelimit").orElse(""));
        if (limit.find()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(limit.group(1))));
        }
        return response.header("retry-after").flatMap(Refusal::untilDate);
    }

    private static Optional<Duration> untilDate(String date) {
        try {
            ZonedDateTime when = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(ZonedDateTime.now(when.getZone()), when);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
