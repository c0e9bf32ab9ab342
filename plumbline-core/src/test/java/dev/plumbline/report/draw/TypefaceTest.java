package dev.plumbline.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

class TypefaceTest {

    @Test
    void isAsWideAsArial() {
        // Arial's advances in 1/2048 em: A 1366, i 455, 0 1139.
        assertThat(Typeface.regular().width("Ai0", 2048)).isEqualTo(1366 + 455 + 1139, within(1e-6));
        assertThat(Typeface.bold().width("A", 2048)).isEqualTo(1479, within(1e-6));
    }

    @Test
    void drawsUprightFromItsBaseline() {
        Rectangle2D box = Typeface.regular().outline("H", 100).getBounds2D();
        assertThat(box.getMinY()).isBetween(-74.0, -66.0);
        assertThat(box.getMaxY()).isEqualTo(0, within(0.5));
        assertThat(box.getMaxX()).isLessThan(Typeface.regular().width("H", 100));
    }

    @Test
    void hasTheSignsThatFiguresUse() {
        for (String sign : new String[] {"−", "…", "–", "τ", "’", "≤", "é", "Ж"}) {
            assertThat(Typeface.regular().outline(sign, 10).getBounds2D())
                    .as(sign)
                    .isNotEqualTo(Typeface.regular().outline("\ue000", 10).getBounds2D());
        }
    }

    @Test
    void givesAWholeEmToWhatItLacks() {
        assertThat(Typeface.regular().width("哲", 10)).isEqualTo(10, within(1e-9));
    }
}
