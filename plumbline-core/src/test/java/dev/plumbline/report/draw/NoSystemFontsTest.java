package dev.plumbline.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.SampleFigures;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Draws in a Java that finds no font, as on a server with no fontconfig. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "fontconfig finds fonts only on Linux")
class NoSystemFontsTest {

    @Test
    void drawsWherePlatformTextFails(@TempDir Path folder) throws Exception {
        Path none = Files.writeString(folder.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig/>");
        Path png = folder.resolve("figure.png");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.awt.headless=true",
                        "-Duser.home=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Draw.class.getName(),
                        png.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        java.environment().put("FONTCONFIG_FILE", none.toString());
        java.environment().put("FONTCONFIG_PATH", folder.toString());
        Process process = java.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("out.txt")))
                .contains("platform text fails")
                .contains("drawn");
        assertThat(Files.size(png)).isGreaterThan(5_000);
    }

    /** Runs in the other Java. */
    static final class Draw {

        private Draw() {}

        public static void main(String[] args) throws IOException {
            Files.write(Path.of(args[0]), StillPicture.png(SampleFigures.all().get("axis-line"), 96));
            System.out.println("drawn");
            try {
                System.out.println("platform text works: " + new Font(Font.SANS_SERIF, Font.PLAIN, 12).getFamily());
            } catch (RuntimeException | Error e) {
                System.out.println("platform text fails: " + e);
            }
        }
    }
}
