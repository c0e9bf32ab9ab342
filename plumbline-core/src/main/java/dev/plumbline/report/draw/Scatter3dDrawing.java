package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.ColourScale;
import dev.plumbline.report.figure.Palette;
import dev.plumbline.report.figure.PersonaPoint;
import dev.plumbline.report.figure.Scatter3d;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A box seen from above its front corner; marks shrink and fade with depth and stand on stems over the floor. */
record Scatter3dDrawing(Scatter3d figure) implements Drawing {

    private static final int TICKS = 4;

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return 560;
    }

    @Override
    public void paint(Canvas canvas) {
        Frame.paintTitle(canvas, figure.title());
        List<Axis> axes = List.of(axis(figure.xLabel(), 0), axis(figure.yLabel(), 1), axis(figure.zLabel(), 2));
        Rectangle2D area = new Rectangle2D.Double(70, 44, width() - 70 - ColourBar.ROOM - 60, height() - 44 - 66);
        Box box = new Box(area);
        paintWalls(canvas, box, axes);
        List<PersonaPoint> backToFront = figure.points().stream()
                .sorted(Comparator.comparingDouble((PersonaPoint point) -> box.depth(shares(point, axes)))
                        .reversed())
                .toList();
        double low = figure.points().stream()
                .mapToDouble(PersonaPoint::projection)
                .min()
                .orElseThrow();
        double high = figure.points().stream()
                .mapToDouble(PersonaPoint::projection)
                .max()
                .orElseThrow();
        List<PersonaCloud.Spot> spots = new ArrayList<>();
        for (PersonaPoint point : backToFront) {
            double[] at = shares(point, axes);
            double[] mark = box.place(at);
            double[] foot = box.place(new double[] {at[0], at[1], 0});
            canvas.stroke(new Line2D.Double(foot[0], foot[1], mark[0], mark[1]), Pen.solid(Palette.GRID, 1));
            canvas.fill(Shapes.dot(foot[0], foot[1], 1.2), Palette.RULE, 1);
            double depth = box.depth(at);
            spots.add(new PersonaCloud.Spot(
                    point, mark[0], mark[1], PersonaMark.radius(point.group()) * (1.18 - 0.4 * depth)));
        }
        for (PersonaCloud.Spot spot : spots) {
            PersonaPoint point = spot.persona();
            Colour colour = ColourScale.PERSONA
                    .of(point.projection(), low, high)
                    .towards(Palette.PAPER, 0.35 * box.depth(shares(point, axes)));
            PersonaMark.paint(canvas, point.group(), spot.x(), spot.y(), spot.radius(), colour);
        }
        PersonaCloud.paintNames(canvas, spots, new Rectangle2D.Double(20, 40, width() - 130, height() - 90));
        if (low < high) {
            new ColourBar(ColourScale.PERSONA, low, high, figure.projectionLabel())
                    .paint(canvas, width() - ColourBar.ROOM - 4, 70, 340);
        }
    }

    /** The floor and the two walls behind the points, ruled at the ticks, with labels on the outer edges. */
    private static void paintWalls(Canvas canvas, Box box, List<Axis> axes) {
        Pen rule = Pen.solid(Palette.GRID, 1);
        for (Tick tick : axes.get(0).ticks()) {
            double x = axes.get(0).share(tick.value());
            line(canvas, box, rule, x, 0, 0, x, 1, 0);
            line(canvas, box, rule, x, 1, 0, x, 1, 1);
            label(canvas, tick.label(), box.place(new double[] {x, -0.05, 0}), 6, Label.Anchor.MIDDLE);
        }
        for (Tick tick : axes.get(1).ticks()) {
            double y = axes.get(1).share(tick.value());
            line(canvas, box, rule, 0, y, 0, 1, y, 0);
            line(canvas, box, rule, 0, y, 0, 0, y, 1);
            label(canvas, tick.label(), box.place(new double[] {1.04, y, 0}), 4, Label.Anchor.START);
        }
        for (Tick tick : axes.get(2).ticks()) {
            double z = axes.get(2).share(tick.value());
            line(canvas, box, rule, 0, 0, z, 0, 1, z);
            line(canvas, box, rule, 0, 1, z, 1, 1, z);
            label(canvas, tick.label(), box.place(new double[] {-0.03, -0.03, z}), 0, Label.Anchor.END);
        }
        Pen edge = Pen.solid(Palette.RULE, 1);
        line(canvas, box, edge, 0, 0, 0, 1, 0, 0);
        line(canvas, box, edge, 1, 0, 0, 1, 1, 0);
        line(canvas, box, edge, 0, 0, 0, 0, 0, 1);
        line(canvas, box, rule, 0, 1, 0, 0, 1, 1);
        line(canvas, box, rule, 1, 1, 0, 1, 1, 1);
        line(canvas, box, rule, 0, 0, 1, 0, 1, 1);
        line(canvas, box, rule, 0, 1, 1, 1, 1, 1);
        line(canvas, box, rule, 0, 0, 0, 0, 1, 0);
        line(canvas, box, rule, 0, 1, 0, 1, 1, 0);
        paintAxisLabels(canvas, box, axes);
    }

    private static void paintAxisLabels(Canvas canvas, Box box, List<Axis> axes) {
        double[] x = box.place(new double[] {0.5, -0.2, 0});
        canvas.text(Label.middle(axes.get(0).label(), x[0], x[1] + 8, TextStyle.AXIS)
                .turned(box.slope(new double[] {0, 0, 0}, new double[] {1, 0, 0})));
        double[] y = box.place(new double[] {1.2, 0.5, 0});
        canvas.text(Label.middle(axes.get(1).label(), y[0], y[1] + 8, TextStyle.AXIS)
                .turned(box.slope(new double[] {1, 0, 0}, new double[] {1, 1, 0})));
        double[] z = box.place(new double[] {-0.12, -0.12, 0.5});
        canvas.text(Label.middle(axes.get(2).label(), z[0] - 4, z[1], TextStyle.AXIS)
                .turned(-90));
    }

    private static void label(Canvas canvas, String text, double[] at, double drop, Label.Anchor anchor) {
        TextStyle style = TextStyle.TICK.sized(9.5);
        canvas.text(new Label(text, at[0], style.centredOn(at[1] + drop), anchor, style, 0));
    }

    private static void line(
            Canvas canvas, Box box, Pen pen, double x1, double y1, double z1, double x2, double y2, double z2) {
        double[] from = box.place(new double[] {x1, y1, z1});
        double[] to = box.place(new double[] {x2, y2, z2});
        canvas.stroke(new Line2D.Double(from[0], from[1], to[0], to[1]), pen);
    }

    private static double[] shares(PersonaPoint point, List<Axis> axes) {
        double[] shares = new double[3];
        for (int i = 0; i < 3; i++) {
            shares[i] = axes.get(i).share(point.coordinates().get(i));
        }
        return shares;
    }

    private Axis axis(String label, int component) {
        Axis axis = PersonaCloud.axis(label, figure.points(), component);
        return axis.withTicks(Ticks.between(axis.low(), axis.high(), TICKS));
    }

    /** The unit cube in parallel projection, scaled to fill an area. */
    private static final class Box {

        private static final double AZIMUTH = Math.toRadians(-58);
        private static final double ELEVATION = Math.toRadians(24);

        private final double scale;
        private final double offsetX;
        private final double offsetY;

        Box(Rectangle2D area) {
            Rectangle2D hull = new Rectangle2D.Double();
            for (int corner = 0; corner < 8; corner++) {
                double[] flat = flat(new double[] {corner & 1, (corner >> 1) & 1, corner >> 2});
                // The middle of the cube is at (0, 0), so the empty rectangle there is inside the hull.
                hull.add(flat[0], flat[1]);
            }
            scale = Math.min(area.getWidth() / hull.getWidth(), area.getHeight() / hull.getHeight());
            offsetX = area.getCenterX() - scale * hull.getCenterX();
            offsetY = area.getCenterY() - scale * hull.getCenterY();
        }

        /** Pixels of a place in the cube. */
        double[] place(double[] at) {
            double[] flat = flat(at);
            return new double[] {offsetX + scale * flat[0], offsetY + scale * flat[1]};
        }

        /** 0 nearest to the eye, 1 farthest. */
        double depth(double[] at) {
            double reach = Math.abs(Math.cos(AZIMUTH)) + Math.abs(Math.sin(AZIMUTH));
            double x = at[0] - 0.5;
            double y = at[1] - 0.5;
            double away = -(x * Math.cos(AZIMUTH) + y * Math.sin(AZIMUTH));
            return Math.max(0, Math.min(1, away / reach + 0.5));
        }

        /** Degrees, clockwise, of the line between two places. */
        double slope(double[] from, double[] to) {
            double[] a = place(from);
            double[] b = place(to);
            return Math.toDegrees(Math.atan2(b[1] - a[1], b[0] - a[0]));
        }

        /** The eye is in the direction (cos azimuth, sin azimuth), raised by the elevation; y is downward. */
        private static double[] flat(double[] at) {
            double x = at[0] - 0.5;
            double y = at[1] - 0.5;
            double z = at[2] - 0.5;
            double right = -x * Math.sin(AZIMUTH) + y * Math.cos(AZIMUTH);
            double toEye = x * Math.cos(AZIMUTH) + y * Math.sin(AZIMUTH);
            return new double[] {right, toEye * Math.sin(ELEVATION) - z * Math.cos(ELEVATION)};
        }
    }
}
