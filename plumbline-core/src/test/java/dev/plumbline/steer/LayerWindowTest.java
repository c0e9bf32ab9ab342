package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerWindowTest {

    @Test
    void theEndIsNotIncluded() {
        LayerWindow window = new LayerWindow(46, 54);

        assertThat(window.layers()).containsExactly(46, 47, 48, 49, 50, 51, 52, 53);
        assertThat(window.width()).isEqualTo(8);
        assertThat(window).hasToString("46:54");
    }

    @Test
    void theSweepOfThePaperForQwenHas31Windows() {
        List<LayerWindow> windows = LayerWindow.sweep(new LayerWindow(32, 60), 2, 4, 8, 16);

        assertThat(windows)
                .hasSize(31)
                .contains(new LayerWindow(46, 54), new LayerWindow(56, 60), new LayerWindow(44, 60))
                .allMatch(window -> window.start() >= 32 && window.end() <= 60);
    }

    @Test
    void aWindowThatDoesNotFitIsNotTried() {
        assertThat(LayerWindow.sweep(new LayerWindow(0, 3), 1, 4)).isEmpty();
    }

    @Test
    void refusesWindowsWithoutLayers() {
        assertThatThrownBy(() -> new LayerWindow(5, 5)).hasMessageContaining("5:5");
        assertThatThrownBy(() -> new LayerWindow(-1, 5)).hasMessageContaining("-1:5");
        assertThatThrownBy(() -> LayerWindow.sweep(new LayerWindow(0, 3), 0, 1)).hasMessageContaining("0");
    }
}
