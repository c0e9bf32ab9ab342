package dev.plumbline.report;

import static dev.plumbline.report.figure.Markup.escape;

import dev.plumbline.report.draw.PlotlyFigure;
import dev.plumbline.report.draw.StillPicture;
import dev.plumbline.report.figure.Figure;
import java.util.List;

/** Writes the blocks of a page as HTML. */
final class BlockWriter {

    /** A still picture larger than this would weigh more than the page it stands in for. */
    private static final int MOST_STILL_CHARS = 400_000;

    private final StringBuilder html;
    private int figures;

    BlockWriter(StringBuilder html) {
        this.html = html;
    }

    void writeAll(List<Block> blocks) {
        blocks.forEach(this::write);
    }

    private void write(Block block) {
        if (block instanceof Block.Heading heading) {
            html.append("<h2>" + escape(heading.text()) + "</h2>\n");
        } else if (block instanceof Block.Prose prose) {
            html.append("<p>" + escape(prose.text()) + "</p>\n");
        } else if (block instanceof Block.Plot plot) {
            figure(plot.figure());
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Block.Beside beside) {
            html.append("<div class=\"beside\">\n");
            writeAll(beside.blocks());
            html.append("</div>\n");
        } else if (block instanceof Block.LayerChoice choice) {
            layers(choice);
        } else {
            throw new IllegalStateException("A report has a block of unknown kind, " + block.getClass());
        }
    }

    private void figure(CaptionedFigure captioned) {
        Figure figure = captioned.figure();
        String id = "figure-" + ++figures;
        String still = StillPicture.svg(figure);
        PlotlyFigure plotly = PlotlyFigure.of(figure);
        html.append("<figure aria-labelledby=\"" + id + "-title\">\n")
                .append("<h3 id=\"" + id + "-title\">" + escape(figure.title()) + "</h3>\n")
                .append("<div class=\"plot\" id=\"" + id + "\" role=\"img\" aria-label=\"" + escape(figure.altText()))
                .append("\" data-name=\"" + captioned.slug() + "\"")
                .append(" style=\"min-height:" + plotly.height() + "px\"></div>\n")
                .append("<script type=\"application/json\">" + plotly.json() + "</script>\n")
                .append("<noscript>")
                .append(
                        still.length() <= MOST_STILL_CHARS
                                ? still
                                : "<p>This figure is too large to be drawn without scripts.</p>")
                .append("</noscript>\n")
                .append("<figcaption>" + escape(captioned.caption()) + "</figcaption>\n</figure>\n");
    }

    private void table(Block.Table table) {
        if (table.folded()) {
            html.append("<details>\n<summary>" + escape(table.title()) + "</summary>\n");
        }
        html.append("<div class=\"table\"><table>\n");
        html.append("<caption" + (table.folded() ? " class=\"unseen\"" : "") + ">" + escape(table.title())
                + "</caption>\n");
        html.append("<thead><tr>");
        for (Block.Column column : table.columns()) {
            html.append("<th scope=\"col\"" + align(column) + ">" + escape(column.name()) + "</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append("<td" + align(table.columns().get(i)) + ">" + escape(row.get(i)) + "</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n" + (table.folded() ? "</details>\n" : ""));
    }

    private static String align(Block.Column column) {
        return column.align() == Block.Align.END ? " class=\"number\"" : "";
    }

    private void layers(Block.LayerChoice choice) {
        if (choice.layers().size() > 1) {
            html.append("<p class=\"choice\"><label>Layer <select id=\"layer\" autocomplete=\"off\">");
            for (Block.Layer layer : choice.layers()) {
                html.append("<option value=\"" + layer.layer() + "\""
                        + (layer.layer() == choice.shown() ? " selected" : "") + ">" + layer.layer() + "</option>");
            }
            html.append("</select></label></p>\n");
        }
        for (Block.Layer layer : choice.layers()) {
            boolean shown = layer.layer() == choice.shown();
            html.append("<section class=\"layer\" data-layer=\"" + layer.layer() + "\"" + (shown ? "" : " hidden")
                    + " aria-label=\"Layer " + layer.layer() + "\">\n");
            writeAll(layer.blocks());
            html.append("</section>\n");
        }
    }
}
