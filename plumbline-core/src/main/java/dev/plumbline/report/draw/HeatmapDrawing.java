package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Heatmap;
import java.awt.geom.Path2D;
import java.util.Map;
import java.util.TreeMap;

record HeatmapDrawing(Heatmap figure) implements Drawing {

    private static final double EDGE = 14;
    private static final double TOP = 40;
    private static final double WANTED_SIDE = 500;
    private static final double SMALLEST_CELL = 7;
    private static final double LARGEST_CELL = 44;

    /** Shades of the drawing; cells of one shade share one path, which keeps large maps small. */
    private static final int SHADES = 256;

    @Override
    public double width() {
        return Math.max(400, EDGE + names() + 6 + side() + 16 + ColourBar.ROOM);
    }

    @Override
    public double height() {
        return TOP + side() + 6 + names() + EDGE;
    }

    @Override
    public void paint(Canvas canvas) {
        Frame.paintTitle(canvas, figure.title());
        double left = EDGE + names() + 6;
        TextStyle style = style();
        for (int i = 0; i < figure.names().size(); i++) {
            String name = PersonaMark.label(figure.names().get(i));
            double middle = (i + 0.5) * cell();
            canvas.text(Label.end(name, left - 5, style.centredOn(TOP + middle), style));
            canvas.text(Label.end(name, style.centredOn(left + middle), TOP + side() + 6, style)
                    .turned(-90));
        }
        cellsByShade(left)
                .forEach(
                        (shade, cells) -> canvas.fillCells(cells, figure.scale().at((double) shade / (SHADES - 1))));
        new ColourBar(figure.scale(), figure.low(), figure.high(), figure.valueLabel())
                .paint(canvas, left + side() + 16, TOP, Math.min(side(), 320));
    }

    private Map<Integer, Path2D> cellsByShade(double left) {
        Map<Integer, Path2D> byShade = new TreeMap<>();
        int count = figure.names().size();
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                int shade = shade(row, column);
                int end = column + 1;
                while (end < count && shade(row, end) == shade) {
                    end++;
                }
                Path2D path = byShade.computeIfAbsent(shade, s -> new Path2D.Double());
                double top = TOP + row * cell();
                path.moveTo(left + column * cell(), top);
                path.lineTo(left + end * cell(), top);
                path.lineTo(left + end * cell(), top + cell());
                path.lineTo(left + column * cell(), top + cell());
                path.closePath();
                column = end - 1;
            }
        }
        return byShade;
    }

    private int shade(int row, int column) {
        double share = (figure.value(row, column) - figure.low()) / (figure.high() - figure.low());
        return (int) Math.round(Math.max(0, Math.min(1, share)) * (SHADES - 1));
    }

    private double cell() {
        double cell = WANTED_SIDE / figure.names().size();
        return Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, cell));
    }

    private double side() {
        return cell() * figure.names().size();
    }

    private TextStyle style() {
        return TextStyle.NAME.sized(Math.min(TextStyle.NAME.size(), cell() * 0.86));
    }

    /** Room for the widest name. */
    private double names() {
        TextStyle style = style();
        return figure.names().stream()
                .mapToDouble(name -> style.width(PersonaMark.label(name)))
                .max()
                .orElseThrow();
    }
}
