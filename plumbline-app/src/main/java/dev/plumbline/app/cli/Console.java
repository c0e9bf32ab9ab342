package dev.plumbline.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Where a command prints: data on one stream, progress and notes on the other. */
final class Console {
    /** Set by the launcher when stderr is a terminal, to its width. */
    private static final String COLUMNS = "plumbline.stderr.columns";

    private final ObjectMapper json =
            JsonMapper.builder().addModule(new Jdk8Module()).build();
    private final PrintStream out;
    private final PrintStream err;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** One line of data. */
    void data(String line) {
        out.println(line);
        out.flush();
    }

    /** Part of a line of data, shown at once. */
    void stream(String text) {
        out.print(text);
        out.flush();
    }

    /** One object, on one line. */
    void json(Object value) {
        data(asJson(value));
    }

    /** Text in quotes on one line, whatever is in it. */
    String quoted(String text) {
        return asJson(text);
    }

    private String asJson(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot print " + value.getClass() + " as JSON", e);
        }
    }

    /** A line for the person who watches. */
    void note(String line) {
        err.println(line);
    }

    /** A bar with rate and time left on a terminal, and nothing elsewhere. */
    Progress progress(String task, String unit, long total) {
        return bar(task, " " + unit, 1, total);
    }

    /** The same for bytes that arrive, told in megabytes; how many there will be is said later. */
    Progress downloads(String task) {
        return bar(task, " MB", 1_000_000, 0);
    }

    private Progress bar(String task, String unit, long unitSize, long total) {
        Integer columns = Integer.getInteger(COLUMNS);
        if (columns == null) {
            return Progress.SILENT;
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setSpeedUnit(java.time.temporal.ChronoUnit.SECONDS)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(err, Math.max(40, columns)))
                .build();
        return new BarProgress(bar);
    }

    private record BarProgress(ProgressBar bar) implements Progress {
        @Override
        public void at(long done) {
            bar.stepTo(done);
        }

        @Override
        public void by(long more) {
            bar.stepBy(more);
        }

        @Override
        public void total(long total) {
            bar.maxHint(total);
        }

        @Override
        public void note(String text) {
            bar.setExtraMessage(text);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
