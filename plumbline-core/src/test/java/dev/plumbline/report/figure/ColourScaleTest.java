package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ColourScaleTest {

    @Test
    void divergesFromNearWhiteAtTheMiddle() {
        assertThat(ColourScale.DIVERGING.of(0, -1, 1).hex()).isEqualTo("#f7f7f7");
        assertThat(ColourScale.DIVERGING.of(-1, -1, 1).hex()).isEqualTo("#67001f");
        assertThat(ColourScale.DIVERGING.of(1, -1, 1).hex()).isEqualTo("#053061");
    }

    @Test
    void runsStraightBetweenStops() {
        // Halfway between #f7f7f7 and #d1e5f0.
        assertThat(ColourScale.DIVERGING.of(0.1, -1, 1)).isEqualTo(new Colour(228, 238, 244));
    }

    @Test
    void clampsBeyondItsEnds() {
        assertThat(ColourScale.DIVERGING.of(-7, -1, 1)).isEqualTo(ColourScale.DIVERGING.at(0));
        assertThat(ColourScale.DIVERGING.of(7, -1, 1)).isEqualTo(ColourScale.DIVERGING.at(1));
    }

    @Test
    void givesTheMiddleWhereThereIsNoRange() {
        assertThat(ColourScale.PERSONA.of(3, 3, 3)).isEqualTo(ColourScale.PERSONA.at(0.5));
    }

    @Test
    void sequentialScaleOnlyDarkens() {
        for (int i = 1; i <= 100; i++) {
            assertThat(ColourScale.SEQUENTIAL.at(i / 100.0).luminance())
                    .isLessThan(ColourScale.SEQUENTIAL.at((i - 1) / 100.0).luminance());
        }
    }

    @Test
    void personaScaleIsSeenOnWhiteAndOnBlack() {
        for (Colour stop : ColourScale.PERSONA.stops()) {
            // WCAG contrast; 3 is asked of graphics, and the pale middle is outlined wherever it is used.
            assertThat(1.05 / (stop.luminance() + 0.05))
                    .as("%s on white", stop.hex())
                    .isGreaterThan(1.9);
            assertThat((stop.luminance() + 0.05) / 0.05)
                    .as("%s on black", stop.hex())
                    .isGreaterThan(2.5);
        }
    }

    @Test
    void readsAndWritesHex() {
        assertThat(Colour.hex("#1a2B3c")).isEqualTo(new Colour(26, 43, 60));
        assertThat(new Colour(26, 43, 60).hex()).isEqualTo("#1a2b3c");
        assertThatIllegalArgumentException().isThrownBy(() -> Colour.hex("red")).withMessageContaining("#rrggbb");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Colour(0, 256, 0))
                .withMessageContaining("256");
    }
}
