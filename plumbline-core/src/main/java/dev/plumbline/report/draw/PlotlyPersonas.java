package dev.plumbline.report.draw;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.report.figure.AxisLine;
import dev.plumbline.report.figure.ColourScale;
import dev.plumbline.report.figure.LabelSpread;
import dev.plumbline.report.figure.Markup;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.report.figure.Palette;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import dev.plumbline.report.figure.Scatter2d;
import dev.plumbline.report.figure.Scatter3d;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;

/** The figures that show personas by name. */
final class PlotlyPersonas {

    private static final int NAME_SIZE = 12;
    private static final double ARM = 52;
    private static final double LINE = 18;

    /** The smallest plot that names are placed for; on a wider page they only move apart. */
    private static final Rectangle2D NARROW = new Rectangle2D.Double(0, 0, 560, 400);

    /** Names shown beside points in space, at either end; all others show when pointed at. */
    private static final int NAMED_EXTREMES = 4;

    private PlotlyPersonas() {}

    static ObjectNode scatter2d(Scatter2d figure) {
        PlotlyPlot plot = new PlotlyPlot(540, 60, 20, 16, 60);
        ObjectNode trace = points(plot, "scatter", figure.points(), figure.projectionLabel(), 14);
        trace.put("mode", "markers");
        Axis x = PersonaCloud.axis(figure.xLabel(), figure.points(), 0);
        Axis y = PersonaCloud.axis(figure.yLabel(), figure.points(), 1);
        range(plot.axis("xaxis", figure.xLabel()), x);
        range(plot.axis("yaxis", figure.yLabel()), y);
        List<PersonaCloud.Spot> spots = figure.points().stream()
                .map(point -> new PersonaCloud.Spot(
                        point,
                        x.share(point.coordinates().get(0)) * NARROW.getWidth(),
                        (1 - y.share(point.coordinates().get(1))) * NARROW.getHeight(),
                        PersonaMark.radius(point.group())))
                .toList();
        for (PersonaCloud.Name name : PersonaCloud.names(spots, NARROW)) {
            PersonaPoint persona = name.spot().persona();
            ObjectNode note = named(plot, persona.name(), persona.group());
            note.put("x", PlotlyPlot.number(persona.coordinates().get(0)));
            note.put("y", PlotlyPlot.number(persona.coordinates().get(1)));
            placeBeside(note, name);
            note.put("showarrow", true).put("arrowhead", 0).put("arrowcolor", Palette.RULE.hex());
            note.put("arrowwidth", name.leader().isPresent() ? 0.8 : 0.1)
                    .put("standoff", 5)
                    .put("borderpad", 0);
        }
        return plot.node();
    }

    static ObjectNode scatter3d(Scatter3d figure) {
        PlotlyPlot plot = new PlotlyPlot(620, 0, 20, 0, 0);
        ObjectNode trace = points(plot, "scatter3d", figure.points(), figure.projectionLabel(), 9);
        trace.set("z", coordinates(figure.points(), 2));
        trace.put("mode", "markers+text");
        // The roles nearest the Assistant are named above their marks, so the Assistant itself is named below.
        ArrayNode positions = trace.putArray("textposition");
        figure.points()
                .forEach(
                        point -> positions.add(point.group() == PersonaGroup.DEFAULT ? "bottom center" : "top center"));
        List<PersonaPoint> byProjection = figure.points().stream()
                .sorted(Comparator.comparingDouble(PersonaPoint::projection))
                .toList();
        ArrayNode texts = trace.putArray("text");
        for (PersonaPoint point : figure.points()) {
            int rank = byProjection.indexOf(point);
            boolean named = point.group() == PersonaGroup.DEFAULT
                    || rank < NAMED_EXTREMES
                    || rank >= byProjection.size() - NAMED_EXTREMES;
            texts.add(named ? PlotlyPlot.sceneText(PersonaMark.label(point.name())) : "");
        }
        ObjectNode scene = plot.layout().putObject("scene");
        scene.put("aspectmode", "cube");
        List<String> labels = List.of(figure.xLabel(), figure.yLabel(), figure.zLabel());
        List<String> keys = List.of("xaxis", "yaxis", "zaxis");
        for (int i = 0; i < keys.size(); i++) {
            scene.putObject(keys.get(i))
                    .put("zeroline", false)
                    .put("showspikes", false)
                    .putObject("title")
                    .put("text", Markup.escape(labels.get(i)));
        }
        scene.putObject("camera").putObject("eye").put("x", 1.0).put("y", -2.05).put("z", 0.85);
        return plot.node();
    }

    static ObjectNode axisLine(AxisLine figure) {
        List<AxisLine.Entry> labelled = figure.labelled();
        double side = Math.max(260, Math.ceil(labelled.size() / 2.0) * LINE);
        int margin = 46;
        PlotlyPlot plot = new PlotlyPlot((int) side + 2 * margin, 10, 10, margin, margin);
        ObjectNode trace = plot.trace("scatter").put("mode", "markers");
        List<AxisLine.Entry> entries = figure.entries();
        trace.set("x", PlotlyPlot.numbers(entries.stream().map(entry -> 0.0).toList()));
        trace.set(
                "y",
                PlotlyPlot.numbers(entries.stream().map(AxisLine.Entry::value).toList()));
        trace.set(
                "text",
                PlotlyPlot.names(entries.stream().map(AxisLine.Entry::name).toList()));
        trace.put("hovertemplate", "%{text}: <b>%{y:.3f}</b><extra></extra>");
        ObjectNode marker =
                marker(trace, entries.stream().map(AxisLine.Entry::group).toList(), 14);
        marker.set(
                "color",
                PlotlyPlot.numbers(entries.stream().map(AxisLine.Entry::value).toList()));
        marker.set("colorscale", PlotlyPlot.scale(ColourScale.PERSONA));
        ObjectNode x = plot.layout().putObject("xaxis").put("visible", false).put("fixedrange", true);
        x.putArray("range").add(-1).add(1);
        ObjectNode y = plot.layout().putObject("yaxis").put("visible", false).put("fixedrange", true);
        double low = figure.low();
        double high = figure.high() > low ? figure.high() : low + 1;
        y.putArray("range").add(PlotlyPlot.number(low)).add(PlotlyPlot.number(high));
        trace.put("cliponaxis", false);
        spine(plot, low, high);
        end(plot, figure.highEnd(), 1, "bottom", 14);
        end(plot, figure.lowEnd(), 0, "top", -14);
        for (int start = 0; start < 2; start++) {
            names(plot, figure.everySecond(start), start == 0 ? -1 : 1, side, low, high);
        }
        return plot.node();
    }

    /** Fixes the side of the name that faces the point: a wider font then grows away from it. */
    private static void placeBeside(ObjectNode note, PersonaCloud.Name name) {
        Rectangle2D box = name.box();
        double x = name.spot().x();
        if (box.getMinX() > x) {
            note.put("xanchor", "left").put("ax", Math.round(box.getMinX() - x));
        } else if (box.getMaxX() < x) {
            note.put("xanchor", "right").put("ax", Math.round(box.getMaxX() - x));
        } else {
            note.put("ax", Math.round(box.getCenterX() - x));
        }
        note.put("ay", Math.round(box.getCenterY() - name.spot().y()));
    }

    private static void names(
            PlotlyPlot plot, List<AxisLine.Entry> entries, int direction, double side, double low, double high) {
        double[] wanted = entries.stream()
                .mapToDouble(entry -> (high - entry.value()) / (high - low) * side)
                .toArray();
        double[] placed = LabelSpread.spread(wanted, LINE, 0, side);
        for (int i = 0; i < placed.length; i++) {
            AxisLine.Entry entry = entries.get(i);
            ObjectNode note = named(plot, entry.name(), entry.group());
            String value = Numbers.fixed(entry.value(), 2);
            String name = note.get("text").asText();
            note.put("text", direction < 0 ? value + "  " + name : name + "  " + value);
            note.put("x", 0).put("y", PlotlyPlot.number(entry.value()));
            note.put("xanchor", direction < 0 ? "right" : "left");
            note.put("ax", direction * ARM).put("ay", Math.round((placed[i] - wanted[i]) * 10) / 10.0);
            note.put("showarrow", true)
                    .put("arrowhead", 0)
                    .put("arrowwidth", 0.8)
                    .put("standoff", 7);
            note.put("arrowcolor", Palette.RULE.hex());
        }
    }

    private static void spine(PlotlyPlot plot, double low, double high) {
        ObjectNode line = plot.layout()
                .withArray("shapes")
                .addObject()
                .put("type", "line")
                .put("layer", "below");
        line.put("x0", 0).put("x1", 0).put("y0", PlotlyPlot.number(low)).put("y1", PlotlyPlot.number(high));
        line.putObject("line").put("color", Palette.RULE.hex()).put("width", 2);
    }

    private static void end(PlotlyPlot plot, String text, double y, String anchor, int shift) {
        ObjectNode note = plot.annotation(text).put("showarrow", false);
        note.put("text", "<b>" + note.get("text").asText() + "</b>");
        note.put("x", 0).put("yref", "paper").put("y", y).put("yanchor", anchor).put("yshift", shift);
    }

    private static ObjectNode named(PlotlyPlot plot, String name, PersonaGroup group) {
        String text = Markup.escape(PersonaMark.label(name));
        ObjectNode note = plot.annotation("");
        note.put("text", group == PersonaGroup.DEFAULT ? "<b>" + text + "</b>" : text);
        note.putObject("font").put("size", NAME_SIZE);
        return note;
    }

    private static ObjectNode points(
            PlotlyPlot plot, String type, List<PersonaPoint> points, String projectionLabel, int largest) {
        ObjectNode trace = plot.trace(type);
        trace.set("x", coordinates(points, 0));
        trace.set("y", coordinates(points, 1));
        trace.set(
                "hovertext",
                PlotlyPlot.names(points.stream().map(PersonaPoint::name).toList()));
        trace.put(
                "hovertemplate",
                "<b>%{hovertext}</b><br>" + Markup.escape(projectionLabel) + ": %{marker.color:.3f}<extra></extra>");
        ObjectNode marker =
                marker(trace, points.stream().map(PersonaPoint::group).toList(), largest);
        marker.set(
                "color",
                PlotlyPlot.numbers(points.stream().map(PersonaPoint::projection).toList()));
        marker.set("colorscale", PlotlyPlot.scale(ColourScale.PERSONA));
        PlotlyTraces.colourBar(marker.putObject("colorbar"), projectionLabel);
        return trace;
    }

    private static ObjectNode marker(ObjectNode trace, List<PersonaGroup> groups, int largest) {
        ObjectNode marker = trace.putObject("marker").put("opacity", 1);
        ArrayNode symbols = marker.putArray("symbol");
        ArrayNode sizes = marker.putArray("size");
        for (PersonaGroup group : groups) {
            symbols.add(group == PersonaGroup.DEFAULT ? "diamond" : "circle");
            sizes.add(group == PersonaGroup.DEFAULT ? largest : largest * 2 / 3);
        }
        marker.putObject("line").put("width", 0.8).put("color", PlotlyPlot.rgba(Palette.PAPER, 0.8));
        return marker;
    }

    private static ArrayNode coordinates(List<PersonaPoint> points, int component) {
        return PlotlyPlot.numbers(
                points.stream().map(point -> point.coordinates().get(component)).toList());
    }

    private static void range(ObjectNode node, Axis axis) {
        node.putArray("range").add(PlotlyPlot.number(axis.low())).add(PlotlyPlot.number(axis.high()));
    }
}
