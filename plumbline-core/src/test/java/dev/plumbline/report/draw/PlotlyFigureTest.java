package dev.plumbline.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.report.SampleFigures;
import dev.plumbline.report.figure.Estimate;
import dev.plumbline.report.figure.Figure;
import dev.plumbline.report.figure.Heatmap;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import dev.plumbline.report.figure.Scatter3d;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlotlyFigureTest {

    static Stream<Figure> figures() {
        return SampleFigures.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void isJsonWithTracesAndALayout(Figure figure) throws Exception {
        PlotlyFigure plotly = PlotlyFigure.of(figure);
        JsonNode node = parse(plotly.json());
        assertThat(node.get("data").isEmpty()).isFalse();
        assertThat(node.get("data")).allMatch(trace -> trace.hasNonNull("type"));
        assertThat(node.get("layout").get("height").asInt()).isEqualTo(plotly.height());
        assertThat(PlotlyFigure.of(figure)).isEqualTo(plotly);
    }

    @Test
    void aHeatmapDivergesFromZero() throws Exception {
        JsonNode trace = trace("heatmap", 0);
        assertThat(trace.get("type").asText()).isEqualTo("heatmap");
        assertThat(trace.get("z")).hasSize(37).allMatch(row -> row.size() == 37);
        assertThat(trace.get("zmin").asDouble()).isEqualTo(-1);
        assertThat(trace.get("zmax").asDouble()).isEqualTo(1);
        assertThat(trace.get("colorscale").get(5)).hasToString("[0.5,\"#f7f7f7\"]");
    }

    /** There is no turn 1.5. */
    @Test
    void betweenWholeNumbersIsNoTick() throws Exception {
        assertThat(xAxis(1.0, 2.0, 5.0).get("dtick").asDouble()).isEqualTo(1);
        assertThat(xAxis(0.0, 40.0, 79.0).get("dtick").asDouble()).isEqualTo(10);
        assertThat(xAxis(3.0).get("dtick").asDouble()).isEqualTo(1);
        assertThat(xAxis(0.0, 0.5, 1.0).has("dtick")).isFalse();
    }

    private static JsonNode xAxis(Double... xs) throws Exception {
        List<Estimate> ys = Stream.of(xs).map(x -> Estimate.exact(1)).toList();
        LineChart chart = LineChart.of("Title", "x", "y", List.of(new LineChart.Series("line", List.of(xs), ys)));
        return parse(PlotlyFigure.of(chart).json()).get("layout").get("xaxis");
    }

    @Test
    void theDefaultIsADiamond() throws Exception {
        JsonNode symbols = trace("scatter-2d", 0).get("marker").get("symbol");
        assertThat(symbols.get(0).asText()).isEqualTo("diamond");
        assertThat(symbols.get(1).asText()).isEqualTo("circle");
    }

    @Test
    void namesAlongTheAxisKeepTheirDistance() throws Exception {
        JsonNode figure =
                parse(PlotlyFigure.of(SampleFigures.all().get("axis-line")).json());
        JsonNode range = figure.get("layout").get("yaxis").get("range");
        double low = range.get(0).asDouble();
        double high = range.get(1).asDouble();
        double side = figure.get("layout").get("height").asDouble() - 92;
        for (String anchor : List.of("left", "right")) {
            List<Double> places = new ArrayList<>();
            for (JsonNode note : figure.get("layout").get("annotations")) {
                if (note.path("xanchor").asText().equals(anchor)) {
                    double at = (high - note.get("y").asDouble()) / (high - low) * side;
                    places.add(at + note.get("ay").asDouble());
                }
            }
            assertThat(places).hasSizeGreaterThan(17);
            for (int i = 1; i < places.size(); i++) {
                assertThat(places.get(i) - places.get(i - 1)).isGreaterThan(17.5);
            }
        }
    }

    @Test
    void bandsAndWhiskersComeFromTheIntervals() throws Exception {
        assertThat(trace("drift", 1).get("fill").asText()).isEqualTo("tonexty");
        JsonNode whiskers = trace("capping", 0).get("error_y");
        assertThat(whiskers.get("array").get(1).asDouble()).isEqualTo(0.16);
        assertThat(whiskers.get("arrayminus").get(1).asDouble()).isEqualTo(0.14);
    }

    @Test
    void hostileNamesNeitherCloseAScriptNorBecomeMarkup() throws Exception {
        String hostile = "</script><a href='http://x.example'>%{x}</a>\u2028";
        String json = PlotlyFigure.of(Heatmap.centredCosine("h", List.of(hostile), new double[][] {{1}}))
                .json();
        assertThat(json).doesNotContain("<", ">", "\u2028");
        assertThat(parse(json).get("data").get(0).get("x").get(0).asText())
                .startsWith("&lt;/script&gt;&lt;a href=&#39;");
    }

    @Test
    void aSceneHasNoTags() throws Exception {
        PersonaPoint point = new PersonaPoint("<b>x & y", PersonaGroup.DEFAULT, List.of(1.0, 2.0, 3.0), 1);
        String json = PlotlyFigure.of(new Scatter3d("s", "x", "y", "z", "p", List.of(point)))
                .json();
        assertThat(parse(json).get("data").get(0).get("text").get(0).asText()).isEqualTo("‹b›x & y");
    }

    private static JsonNode trace(String sample, int index) throws Exception {
        return parse(PlotlyFigure.of(SampleFigures.all().get(sample)).json())
                .get("data")
                .get(index);
    }

    private static JsonNode parse(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
