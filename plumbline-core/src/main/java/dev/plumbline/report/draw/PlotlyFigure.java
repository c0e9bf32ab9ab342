package dev.plumbline.report.draw;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.report.figure.Figure;

/**
 * A figure as Plotly's JSON: an object with {@code data} and {@code layout}, to be given to {@code Plotly.newPlot}.
 *
 * <p>It has no title, which the page around it sets, and no colours for text, grid and background, so that the page's
 * theme can give them. Names are escaped, because Plotly reads its text as a kind of HTML. Everything that closes a
 * script element is escaped too, so that the JSON can stand inside one.
 *
 * @param json the object, ready for a script element
 * @param height in pixels, so that a page can keep room for the figure
 */
public record PlotlyFigure(String json, int height) {

    /** Describes {@code figure} to Plotly. */
    public static PlotlyFigure of(Figure figure) {
        ObjectNode node = figure.accept(new PlotlyTraces());
        String json = node.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        return new PlotlyFigure(json, node.get("layout").get("height").asInt());
    }
}
