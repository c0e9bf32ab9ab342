package dev.plumbline.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.report.SampleFigures;
import dev.plumbline.report.figure.AxisLine;
import dev.plumbline.report.figure.Figure;
import dev.plumbline.report.figure.Heatmap;
import dev.plumbline.report.figure.PersonaGroup;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class StillPictureTest {

    static Stream<Figure> figures() {
        return SampleFigures.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyFigureIsAnSvgThatSaysWhatItShows(Figure figure) throws Exception {
        Document svg = parse(StillPicture.svg(figure));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo(figure.altText());
        assertThat(texts(svg)).contains(figure.title());
    }

    @ParameterizedTest
    @MethodSource("figures")
    void theSameFigureGivesTheSameBytes(Figure figure) {
        assertThat(StillPicture.svg(figure)).isEqualTo(StillPicture.svg(figure));
        assertThat(StillPicture.png(figure, 48)).isEqualTo(StillPicture.png(figure, 48));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyPngHasTheSizeOfItsSvgAndSomethingOnIt(Figure figure) throws Exception {
        Document svg = parse(StillPicture.svg(figure));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(StillPicture.png(figure, 96)));
        double width = Double.parseDouble(svg.getDocumentElement().getAttribute("width"));
        double height = Double.parseDouble(svg.getDocumentElement().getAttribute("height"));
        assertThat((double) image.getWidth()).isBetween(width - 0.01, width + 1.01);
        assertThat((double) image.getHeight()).isBetween(height - 0.01, height + 1.01);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x += 2) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertThat(colours).hasSizeGreaterThan(20).contains(0xffffffff);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void textsStayOnThePage(Figure figure) {
        Drawing drawing = figure.accept(new Drawings());
        TextBoxes boxes = new TextBoxes();
        drawing.paint(boxes);
        assertThat(boxes.found).isNotEmpty().allSatisfy(text -> {
            assertThat(text.box().getMinX()).as(text.label()).isGreaterThanOrEqualTo(0);
            assertThat(text.box().getMinY()).as(text.label()).isGreaterThanOrEqualTo(0);
            assertThat(text.box().getMaxX()).as(text.label()).isLessThanOrEqualTo(drawing.width());
            assertThat(text.box().getMaxY()).as(text.label()).isLessThanOrEqualTo(drawing.height());
        });
    }

    @ParameterizedTest
    @MethodSource("figures")
    void textsNeverOverlap(Figure figure) {
        TextBoxes boxes = new TextBoxes();
        figure.accept(new Drawings()).paint(boxes);
        assertThat(boxes.overlaps()).isEmpty();
    }

    @Test
    void everyPersonaIsNamedOnTheAxis() throws Exception {
        Document svg = parse(StillPicture.svg(SampleFigures.all().get("axis-line")));
        assertThat(texts(svg)).containsAll(SampleFigures.ROLES).contains("default", "Assistant", "Role-play");
    }

    @Test
    void aHundredPersonasInOnePlaceStillDoNotOverlap() {
        List<AxisLine.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entries.add(new AxisLine.Entry("role " + i, PersonaGroup.ROLE, i == 0 ? 100 : 1 + i * 1e-6));
        }
        TextBoxes boxes = new TextBoxes();
        new AxisLineDrawing(new AxisLine("a", "v", "low", "high", entries)).paint(boxes);
        assertThat(boxes.overlaps()).isEmpty();
    }

    @Test
    void aHeatmapNamesEveryRowAndColumn() throws Exception {
        Document svg = parse(StillPicture.svg(SampleFigures.all().get("heatmap")));
        for (String role : SampleFigures.ROLES) {
            assertThat(texts(svg).stream().filter(role::equals)).as(role).hasSize(2);
        }
    }

    @Test
    void hostileNamesStayText() throws Exception {
        String hostile = "</text><script>x</script>\u0000\"&";
        Document svg = parse(StillPicture.svg(Heatmap.centredCosine("<b>", List.of(hostile), new double[][] {{1}})));
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(texts(svg)).contains("<b>").anyMatch(text -> text.startsWith("</text><script>x"));
    }

    @Test
    void aPngSaysItsResolution() {
        byte[] png = StillPicture.png(SampleFigures.all().get("variance"), 300);
        int at = new String(png, StandardCharsets.ISO_8859_1).indexOf("pHYs");
        assertThat(at).isPositive();
        assertThat(ByteBuffer.wrap(png).getInt(at + 4)).isEqualTo(11811);
        assertThat(png[at + 12]).as("unit: metre").isEqualTo((byte) 1);
    }

    @Test
    void refusesResolutionsThatCannotBeMeant() {
        Figure figure = SampleFigures.all().get("variance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StillPicture.png(figure, 0))
                .withMessageContaining("36 to 1200");
    }

    @Test
    void refusesPicturesOfGigabytes() {
        int count = 300;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("role " + i);
        }
        Heatmap large = Heatmap.centredCosine("large", names, new double[count][count]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StillPicture.png(large, 1200))
                .withMessageContaining("megapixels");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
