package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkupTest {

    @Test
    void escapesWhateverMarkupReads() {
        assertThat(Markup.escape("</script>\"'&<b>")).isEqualTo("&lt;/script&gt;&quot;&#39;&amp;&lt;b&gt;");
    }

    @Test
    void replacesWhatXmlCannotCarry() {
        assertThat(Markup.printable("a\u0000b\nc\u2028d")).isEqualTo("a b c d");
        assertThat(Markup.printable("x\ud800y\ufffez\u202e")).isEqualTo("x\ufffdy\ufffdz\ufffd");
    }

    @Test
    void keepsLettersOfEveryPlane() {
        assertThat(Markup.escape("Ω 哲学 🎭")).isEqualTo("Ω 哲学 🎭");
    }

    @Test
    void shortensByCharactersNotHalves() {
        assertThat(Markup.shortened("🎭🎭🎭🎭", 3)).isEqualTo("🎭🎭…");
        assertThat(Markup.shortened("ghost", 5)).isEqualTo("ghost");
        assertThat(Markup.shortened("grey ghost", 6)).isEqualTo("grey…");
    }
}
