package dev.plumbline.app.cli;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs a command if the numbers given to its options are {@link Within} their ranges. */
final class RangeCheck implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            for (OptionSpec option : command.getParseResult().matchedOptions()) {
                range(option).ifPresent(within -> require(command, option, within));
            }
        }
        return new RunLast().execute(parsed);
    }

    /** What an option declares. */
    static Optional<Within> range(OptionSpec option) {
        return Optional.ofNullable(option.userObject())
                .filter(AnnotatedElement.class::isInstance)
                .map(field -> ((AnnotatedElement) field).getAnnotation(Within.class));
    }

    private static void require(CommandLine command, OptionSpec option, Within within) {
        for (double number : numbers(option.getValue())) {
            if (!(number >= within.least() && number > within.above() && number <= within.most())) {
                throw new ParameterException(
                        command,
                        option.longestName() + " is " + written(number) + "; expected " + words(within),
                        option,
                        written(number));
            }
        }
    }

    private static List<Double> numbers(@Nullable Object value) {
        if (value instanceof int[] array) {
            return Arrays.stream(array).mapToObj(number -> (double) number).toList();
        }
        List<Double> numbers = new ArrayList<>();
        for (Object item : value instanceof Collection<?> all ? all : Arrays.asList(value)) {
            if (item instanceof Number number) {
                numbers.add(number.doubleValue());
            }
        }
        return numbers;
    }

    private static String words(Within within) {
        boolean bounded = within.most() < Double.MAX_VALUE;
        if (within.above() > Double.NEGATIVE_INFINITY) {
            return "more than " + written(within.above()) + (bounded ? " and at most " + written(within.most()) : "");
        }
        if (within.least() > -Double.MAX_VALUE) {
            return written(within.least()) + (bounded ? " to " + written(within.most()) : " or more");
        }
        return bounded ? "at most " + written(within.most()) : "a finite number";
    }

    private static String written(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }
}
