package dev.plumbline.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelPlacerTest {

    private static final Rectangle2D PAGE = new Rectangle2D.Double(0, 0, 600, 400);

    @Test
    void aLonePointHasItsNameToTheRight() {
        LabelPlacer.Placed name =
                LabelPlacer.place(List.of(request(100, 100, 0)), PAGE).get(0);
        assertThat(name.box().getMinX()).isBetween(104.0, 112.0);
        assertThat(name.box().getCenterY()).isEqualTo(100);
        assertThat(name.leader()).isEmpty();
    }

    @Test
    void nearTheEdgeTheNameTurnsInward() {
        LabelPlacer.Placed name =
                LabelPlacer.place(List.of(request(590, 100, 0)), PAGE).get(0);
        assertThat(name.box().getMaxX()).isLessThan(590);
    }

    @Test
    void whereThereIsRoomForOneTheHigherRankHasIt() {
        Rectangle2D strip = new Rectangle2D.Double(0, 0, 100, 14);
        List<LabelPlacer.Placed> named = LabelPlacer.place(List.of(request(10, 7, 0), request(90, 7, 1)), strip);
        assertThat(named).extracting(LabelPlacer.Placed::request).containsExactly(1);
    }

    @Test
    void nothingEverOverlaps() {
        Random random = new Random(2);
        for (int trial = 0; trial < 40; trial++) {
            List<LabelPlacer.Request> requests = new ArrayList<>();
            int count = 5 + random.nextInt(120);
            for (int i = 0; i < count; i++) {
                requests.add(request(
                        300 + 90 * random.nextGaussian(), 200 + 60 * random.nextGaussian(), random.nextDouble()));
            }
            List<LabelPlacer.Placed> named = LabelPlacer.place(requests, PAGE);
            assertThat(named).isNotEmpty();
            for (int i = 0; i < named.size(); i++) {
                Rectangle2D box = named.get(i).box();
                assertThat(PAGE.contains(box)).isTrue();
                for (LabelPlacer.Request point : requests) {
                    assertThat(box.intersects(point.x() - 4, point.y() - 4, 8, 8))
                            .isFalse();
                }
                for (int j = 0; j < i; j++) {
                    Rectangle2D other = named.get(j).box();
                    assertThat(box.intersects(other)).isFalse();
                    assertThat(named.get(i).leader().filter(line -> line.intersects(other)))
                            .isEmpty();
                    assertThat(named.get(j).leader().filter(line -> line.intersects(box)))
                            .isEmpty();
                }
            }
        }
    }

    private static LabelPlacer.Request request(double x, double y, double rank) {
        return new LabelPlacer.Request(x, y, 4, 60, 11, rank);
    }
}
