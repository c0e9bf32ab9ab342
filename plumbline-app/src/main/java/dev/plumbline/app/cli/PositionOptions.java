package dev.plumbline.app.cli;

import dev.plumbline.hook.Positions;
import dev.plumbline.study.ConversationTokens;
import java.util.List;
import picocli.CommandLine.Option;

/** Which tokens interventions act on. */
final class PositionOptions {
    @Option(
            names = "--positions",
            split = ",",
            paramLabel = "WHERE",
            description =
                    "Tokens that are touched: all (the default), prompt (all that is given), response (every assistant"
                            + " turn), told (all but those), last (the last token given), generated; several for those of"
                            + " any.")
    private List<Where> positions = List.of();

    /** Positions as they are named on the command line. */
    enum Where {
        ALL,
        PROMPT,
        RESPONSE,
        TOLD,
        LAST,
        GENERATED;

        Positions positions() {
            return switch (this) {
                case ALL -> Positions.ALL;
                case PROMPT -> Positions.PROMPT;
                case RESPONSE -> Positions.RESPONSE;
                case TOLD -> Positions.TOLD;
                case LAST -> Positions.LAST;
                case GENERATED -> Positions.GENERATED;
            };
        }
    }

    Positions positions() {
        return positions.stream().map(Where::positions).reduce(Positions::or).orElse(Positions.ALL);
    }

    /** The option that has a cap act on these tokens, after a blank; nothing for all. */
    static String of(ConversationTokens tokens) {
        return switch (tokens) {
            case ALL -> "";
            case PROMPT -> " --positions told";
            case RESPONSE -> " --positions response";
        };
    }
}
