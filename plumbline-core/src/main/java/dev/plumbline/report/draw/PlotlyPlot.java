package dev.plumbline.report.draw;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.ColourScale;
import dev.plumbline.report.figure.Markup;
import dev.plumbline.report.figure.Palette;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;

/** The parts of a Plotly figure, put together one by one. */
final class PlotlyPlot {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Six digits are more than a screen shows and keep pages small. */
    private static final MathContext DIGITS = new MathContext(6);

    private final ObjectNode root = JSON.objectNode();
    private final ArrayNode traces = root.putArray("data");
    private final ObjectNode layout = root.putObject("layout");

    PlotlyPlot(int height, int left, int right, int top, int bottom) {
        layout.put("height", height);
        layout.putObject("margin").put("l", left).put("r", right).put("t", top).put("b", bottom);
        layout.put("hovermode", "closest").put("showlegend", false);
        layout.putArray("shapes");
        layout.putArray("annotations");
    }

    ObjectNode node() {
        return root;
    }

    ObjectNode layout() {
        return layout;
    }

    ObjectNode trace(String type) {
        return traces.addObject().put("type", type);
    }

    /** Shows the names of the traces above the plot. */
    void showLegend() {
        layout.put("showlegend", true);
        layout.putObject("legend")
                .put("orientation", "h")
                .put("x", 0)
                .put("y", 1.02)
                .put("yanchor", "bottom");
    }

    /** @param key {@code xaxis} or {@code yaxis} */
    ObjectNode axis(String key, String label) {
        ObjectNode axis = layout.putObject(key);
        axis.putObject("title").put("text", Markup.escape(label));
        return axis.put("zeroline", false).put("automargin", true);
    }

    /** A dashed line across the plot at a value of y with its label to the right. */
    void horizontalGuide(double at, String label) {
        ObjectNode line = guide().put("xref", "paper").put("yref", "y");
        line.put("x0", 0).put("x1", 1).put("y0", number(at)).put("y1", number(at));
        annotation(label)
                .put("xref", "paper")
                .put("x", 1)
                .put("xanchor", "left")
                .put("xshift", 6)
                .put("y", number(at))
                .put("showarrow", false);
    }

    /** A dashed line up the plot at a value of x with its label at the top. */
    void verticalGuide(double at, String label) {
        ObjectNode line = guide().put("xref", "x").put("yref", "paper");
        line.put("x0", number(at)).put("x1", number(at)).put("y0", 0).put("y1", 1);
        annotation(label)
                .put("yref", "paper")
                .put("y", 1)
                .put("yanchor", "bottom")
                .put("x", number(at))
                .put("showarrow", false);
    }

    ObjectNode annotation(String label) {
        return ((ArrayNode) layout.get("annotations")).addObject().put("text", label(label));
    }

    private ObjectNode guide() {
        ObjectNode shape = ((ArrayNode) layout.get("shapes")).addObject().put("type", "line");
        shape.put("layer", "below");
        shape.putObject("line").put("color", Palette.RULE.hex()).put("width", 1).put("dash", "dash");
        return shape;
    }

    static ArrayNode numbers(Collection<Double> values) {
        ArrayNode array = JSON.arrayNode(values.size());
        values.forEach(value -> array.add(number(value)));
        return array;
    }

    static ArrayNode names(Collection<String> names) {
        ArrayNode array = JSON.arrayNode(names.size());
        names.forEach(name -> array.add(Markup.escape(name)));
        return array;
    }

    static String label(String text) {
        return Markup.escape(Markup.shortened(text, 40));
    }

    static ArrayNode scale(ColourScale scale) {
        List<Colour> stops = scale.stops();
        ArrayNode array = JSON.arrayNode(stops.size());
        for (int i = 0; i < stops.size(); i++) {
            array.addArray()
                    .add(number((double) i / (stops.size() - 1)))
                    .add(stops.get(i).hex());
        }
        return array;
    }

    static String rgba(Colour colour, double opacity) {
        return "rgba(" + colour.red() + "," + colour.green() + "," + colour.blue() + "," + opacity + ")";
    }

    static double number(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
