package dev.plumbline.report.draw;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.report.figure.AxisLine;
import dev.plumbline.report.figure.ChatComparison;
import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.Estimate;
import dev.plumbline.report.figure.ExplainedVariance;
import dev.plumbline.report.figure.FigureVisitor;
import dev.plumbline.report.figure.GroupedBars;
import dev.plumbline.report.figure.Heatmap;
import dev.plumbline.report.figure.Histogram;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.report.figure.Markup;
import dev.plumbline.report.figure.Palette;
import dev.plumbline.report.figure.Scatter2d;
import dev.plumbline.report.figure.Scatter3d;
import dev.plumbline.report.figure.TradeOff;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** Each kind of figure as traces and layout of Plotly. */
final class PlotlyTraces implements FigureVisitor<ObjectNode> {

    /** More names than this on the sides of a heat map are thinned by Plotly. */
    private static final int MOST_TICKS = 60;

    /** About so many whole numbers are written under an axis. */
    private static final int WHOLE_TICKS = 12;

    /** Readable on white and on black. */
    private static final Colour NEUTRAL = Colour.hex("#7a8896");

    @Override
    public ObjectNode axisLine(AxisLine figure) {
        return PlotlyPersonas.axisLine(figure);
    }

    @Override
    public ObjectNode scatter2d(Scatter2d figure) {
        return PlotlyPersonas.scatter2d(figure);
    }

    @Override
    public ObjectNode scatter3d(Scatter3d figure) {
        return PlotlyPersonas.scatter3d(figure);
    }

    @Override
    public ObjectNode heatmap(Heatmap figure) {
        PlotlyPlot plot = new PlotlyPlot(700, 90, 20, 32, 90);
        ObjectNode trace = plot.trace("heatmap");
        ArrayNode rows = trace.putArray("z");
        for (double[] row : figure.values()) {
            ArrayNode cells = rows.addArray();
            for (double value : row) {
                cells.add(PlotlyPlot.number(value));
            }
        }
        trace.set("x", PlotlyPlot.names(figure.names()));
        trace.set("y", PlotlyPlot.names(figure.names()));
        trace.set("colorscale", PlotlyPlot.scale(figure.scale()));
        trace.put("zmin", PlotlyPlot.number(figure.low())).put("zmax", PlotlyPlot.number(figure.high()));
        trace.put("hovertemplate", "%{y} and %{x}<br><b>%{z:.3f}</b><extra></extra>");
        colourBar(trace.putObject("colorbar"), figure.valueLabel());
        nameAxis(plot.layout().putObject("xaxis"), figure.names()).put("tickangle", -90);
        nameAxis(plot.layout().putObject("yaxis"), figure.names())
                .put("autorange", "reversed")
                .put("scaleanchor", "x");
        return plot.node();
    }

    /** The panel in the middle: a page shows the chats themselves as text. */
    @Override
    public ObjectNode chatComparison(ChatComparison figure) {
        return lineChart(figure.projections());
    }

    @Override
    public ObjectNode explainedVariance(ExplainedVariance figure) {
        PlotlyPlot plot = new PlotlyPlot(380, 60, 110, 46, 50);
        int shown = figure.componentsShown();
        List<Double> components = new ArrayList<>();
        for (int i = 1; i <= shown; i++) {
            components.add((double) i);
        }
        ObjectNode bars = plot.trace("bar").put("name", "Each component");
        bars.set("x", PlotlyPlot.numbers(components));
        bars.set("y", PlotlyPlot.numbers(figure.ratios().subList(0, shown)));
        bars.putObject("marker").put("color", Palette.bar(0).hex());
        bars.put("hovertemplate", "PC%{x}: %{y:.1%}<extra></extra>");
        ObjectNode line = plot.trace("scatter").put("name", "Together").put("mode", "lines+markers");
        line.set("x", PlotlyPlot.numbers(components));
        line.set("y", PlotlyPlot.numbers(figure.cumulative().subList(0, shown)));
        line.putObject("line").put("color", NEUTRAL.hex()).put("width", 2);
        line.put("hovertemplate", "PC1 to PC%{x}: %{y:.1%}<extra></extra>");
        plot.axis("xaxis", "Principal component")
                .put("showgrid", false)
                .put("tick0", 1)
                .put("dtick", Math.max(1, shown / 12));
        ObjectNode y = plot.axis("yaxis", "Variance explained").put("tickformat", ".0%");
        y.putArray("range").add(0).add(1.02);
        figure.levelGuides().forEach(guide -> plot.horizontalGuide(guide.at(), guide.label()));
        plot.showLegend();
        return plot.node();
    }

    @Override
    public ObjectNode lineChart(LineChart figure) {
        PlotlyPlot plot = new PlotlyPlot(360, 60, figure.horizontal().isEmpty() ? 20 : 130, 46, 50);
        for (int i = 0; i < figure.series().size(); i++) {
            if (figure.series().get(i).hasBand()) {
                band(plot, figure.series().get(i), i);
            }
        }
        for (int i = 0; i < figure.series().size(); i++) {
            LineChart.Series series = figure.series().get(i);
            ObjectNode trace = plot.trace("scatter").put("mode", "lines+markers");
            trace.put("name", PlotlyPlot.label(series.name())).put("legendgroup", "series" + i);
            trace.set("x", PlotlyPlot.numbers(series.xs()));
            trace.set(
                    "y",
                    PlotlyPlot.numbers(series.ys().stream().map(Estimate::value).toList()));
            trace.putObject("line").put("color", Palette.series(i).hex()).put("width", 2);
            trace.putObject("marker").put("size", 5);
            trace.put("hovertemplate", "%{x}: <b>%{y:.3~f}</b><extra>%{fullData.name}</extra>");
        }
        ObjectNode x = plot.axis("xaxis", figure.xLabel()).put("showgrid", false);
        if (figure.isWholeAlongX()) {
            DoubleSummaryStatistics range = figure.xs().summaryStatistics();
            x.put("tick0", 0).put("dtick", Ticks.wholeStep(range.getMin(), range.getMax(), WHOLE_TICKS));
        }
        plot.axis("yaxis", figure.yLabel());
        figure.horizontal().forEach(guide -> plot.horizontalGuide(guide.at(), guide.label()));
        figure.vertical().forEach(guide -> plot.verticalGuide(guide.at(), guide.label()));
        if (figure.series().size() > 1) {
            plot.showLegend();
        }
        return plot.node();
    }

    @Override
    public ObjectNode histogram(Histogram figure) {
        PlotlyPlot plot = new PlotlyPlot(340, 60, 20, 46, 50);
        List<Double> edges = figure.edges();
        double width = edges.get(1) - edges.get(0);
        List<Double> middles = edges.subList(0, edges.size() - 1).stream()
                .map(edge -> edge + width / 2)
                .toList();
        for (int i = 0; i < figure.samples().size(); i++) {
            Histogram.Sample sample = figure.samples().get(i);
            ObjectNode bars = plot.trace("bar").put("name", PlotlyPlot.label(sample.name()));
            bars.set("x", PlotlyPlot.numbers(middles));
            bars.set(
                    "y",
                    PlotlyPlot.numbers(figure.counts(sample).stream()
                            .map(Integer::doubleValue)
                            .toList()));
            bars.put("width", PlotlyPlot.number(width * 0.98));
            bars.put("opacity", figure.samples().size() == 1 ? 1 : 0.65);
            bars.putObject("marker").put("color", Palette.bar(i).hex());
            bars.put("hovertemplate", "around %{x:.3~f}: <b>%{y}</b><extra></extra>");
        }
        plot.axis("xaxis", figure.xLabel()).put("showgrid", false);
        plot.axis("yaxis", figure.countLabel());
        plot.layout().put("barmode", "overlay");
        figure.guides().forEach(guide -> plot.verticalGuide(guide.at(), guide.label()));
        if (figure.samples().size() > 1) {
            plot.showLegend();
        }
        return plot.node();
    }

    @Override
    public ObjectNode groupedBars(GroupedBars figure) {
        PlotlyPlot plot = new PlotlyPlot(380, 60, 20, 46, 50);
        for (int i = 0; i < figure.groups().size(); i++) {
            GroupedBars.Group group = figure.groups().get(i);
            List<Estimate> bars = group.bars();
            ObjectNode trace = plot.trace("bar").put("name", PlotlyPlot.label(group.name()));
            trace.set("x", PlotlyPlot.names(figure.categories()));
            trace.set("y", PlotlyPlot.numbers(bars.stream().map(Estimate::value).toList()));
            trace.putObject("marker").put("color", Palette.bar(i).hex());
            whiskers(trace.putObject("error_y"), bars)
                    .put("color", NEUTRAL.hex())
                    .put("thickness", 1.4)
                    .put("width", 5);
            trace.put("hovertemplate", "%{x}: <b>%{y:.3~f}</b><extra>%{fullData.name}</extra>");
        }
        plot.axis("xaxis", "Whiskers: " + figure.intervalLabel())
                .put("type", "category")
                .put("showgrid", false);
        plot.axis("yaxis", figure.yLabel());
        plot.layout().put("barmode", "group").put("bargap", 0.24);
        plot.showLegend();
        return plot.node();
    }

    @Override
    public ObjectNode tradeOff(TradeOff figure) {
        PlotlyPlot plot = new PlotlyPlot(440, 60, 20, 46, 50);
        ObjectNode line = plot.trace("scatter").put("mode", "lines").put("showlegend", false);
        line.set(
                "x",
                PlotlyPlot.numbers(
                        figure.front().stream().map(point -> point.x().value()).toList()));
        line.set(
                "y",
                PlotlyPlot.numbers(
                        figure.front().stream().map(point -> point.y().value()).toList()));
        line.putObject("line").put("color", Palette.series(0).hex()).put("dash", "dash");
        line.put("hoverinfo", "skip");
        for (TradeOff.Standing standing : TradeOff.Standing.values()) {
            List<TradeOff.Point> points = figure.points().stream()
                    .filter(point -> point.standing() == standing)
                    .toList();
            if (points.isEmpty()) {
                continue;
            }
            Colour colour = standing == TradeOff.Standing.BASELINE ? NEUTRAL : TradeOffDrawing.colour(standing);
            ObjectNode trace = plot.trace("scatter").put("mode", "markers").put("name", standing.words());
            List<Estimate> xs = points.stream().map(TradeOff.Point::x).toList();
            List<Estimate> ys = points.stream().map(TradeOff.Point::y).toList();
            trace.set("x", PlotlyPlot.numbers(xs.stream().map(Estimate::value).toList()));
            trace.set("y", PlotlyPlot.numbers(ys.stream().map(Estimate::value).toList()));
            trace.set(
                    "text",
                    PlotlyPlot.names(points.stream().map(TradeOff.Point::name).toList()));
            whiskers(trace.putObject("error_x"), xs).put("color", colour.hex());
            whiskers(trace.putObject("error_y"), ys).put("color", colour.hex());
            trace.putObject("marker")
                    .put("color", colour.hex())
                    .put("size", standing == TradeOff.Standing.BEATEN ? 6 : 10);
            trace.put("hovertemplate", "%{text}<br>%{x:.3~f}, %{y:.3~f}<extra></extra>");
        }
        plot.axis("xaxis", figure.xLabel());
        plot.axis("yaxis", figure.yLabel());
        plot.showLegend();
        return plot.node();
    }

    private static ObjectNode whiskers(ObjectNode whiskers, List<Estimate> estimates) {
        whiskers.put("type", "data").put("symmetric", false);
        whiskers.set(
                "array",
                PlotlyPlot.numbers(
                        estimates.stream().map(e -> e.high() - e.value()).toList()));
        whiskers.set(
                "arrayminus",
                PlotlyPlot.numbers(
                        estimates.stream().map(e -> e.value() - e.low()).toList()));
        return whiskers.put("thickness", 1).put("width", 0);
    }

    static void colourBar(ObjectNode bar, String label) {
        bar.put("thickness", 12).put("outlinewidth", 0).put("len", 0.8);
        bar.putObject("title").put("text", Markup.escape(label)).put("side", "right");
    }

    private static void band(PlotlyPlot plot, LineChart.Series series, int index) {
        ObjectNode edge = plot.trace("scatter").put("mode", "lines");
        edge.set("x", PlotlyPlot.numbers(series.xs()));
        edge.set("y", PlotlyPlot.numbers(series.ys().stream().map(Estimate::low).toList()));
        ObjectNode fill = plot.trace("scatter").put("mode", "lines").put("fill", "tonexty");
        fill.set("x", PlotlyPlot.numbers(series.xs()));
        fill.set(
                "y", PlotlyPlot.numbers(series.ys().stream().map(Estimate::high).toList()));
        fill.put("fillcolor", PlotlyPlot.rgba(Palette.series(index), 0.16));
        for (ObjectNode trace : List.of(edge, fill)) {
            trace.putObject("line").put("width", 0);
            trace.put("legendgroup", "series" + index).put("showlegend", false).put("hoverinfo", "skip");
        }
    }

    private static ObjectNode nameAxis(ObjectNode axis, List<String> names) {
        axis.put("type", "category").put("showgrid", false).put("constrain", "domain");
        axis.put("automargin", true).put("ticks", "");
        if (names.size() <= MOST_TICKS) {
            axis.put("tickmode", "array");
            ArrayNode places = axis.putArray("tickvals");
            ArrayNode labels = axis.putArray("ticktext");
            for (int i = 0; i < names.size(); i++) {
                places.add(i);
                labels.add(Markup.escape(PersonaMark.label(names.get(i))));
            }
        }
        return axis;
    }
}
