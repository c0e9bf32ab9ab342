package dev.plumbline.report.draw;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;

/** Marks and lines from their places. */
final class Shapes {

    private Shapes() {}

    static Shape dot(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    static Shape diamond(double x, double y, double radius) {
        return closed(List.of(
                new double[] {x, y - radius}, new double[] {x + radius, y}, new double[] {x, y + radius}, new double[] {
                    x - radius, y
                }));
    }

    static Path2D open(List<double[]> points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.get(0)[0], points.get(0)[1]);
        for (double[] point : points.subList(1, points.size())) {
            path.lineTo(point[0], point[1]);
        }
        return path;
    }

    static Path2D closed(List<double[]> points) {
        Path2D path = open(points);
        path.closePath();
        return path;
    }
}
