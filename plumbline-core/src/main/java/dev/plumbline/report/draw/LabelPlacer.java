package dev.plumbline.report.draw;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Places names beside points so that no name meets another name, a point, or a leader. Names go first come, first
 * served by rank; each tries places around its point, then farther out with a leader, and is left out if none is free.
 */
final class LabelPlacer {

    private static final double[] DISTANCES = {3, 9, 18, 28, 40};
    private static final int ANGLES = 16;
    private static final double NEAR = 6;
    private static final double AIR = 1.5;

    private final List<Request> requests;
    private final Rectangle2D bounds;
    private final List<Placed> placed = new ArrayList<>();

    private LabelPlacer(List<Request> requests, Rectangle2D bounds) {
        this.requests = requests;
        this.bounds = bounds;
    }

    /**
     * A point and the name it would like.
     *
     * @param radius of the point's mark
     * @param width of the name
     * @param height of the name
     * @param rank higher goes first
     */
    record Request(double x, double y, double radius, double width, double height, double rank) {}

    /**
     * A name that found room.
     *
     * @param request index of its request
     * @param leader the line that ties it to its point, if it stands apart
     */
    record Placed(int request, Rectangle2D box, Optional<Line2D> leader) {}

    static List<Placed> place(List<Request> requests, Rectangle2D bounds) {
        LabelPlacer placer = new LabelPlacer(requests, bounds);
        IntStream.range(0, requests.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> -requests.get(i).rank()))
                .forEach(placer::place);
        return List.copyOf(placer.placed);
    }

    private void place(int index) {
        Request request = requests.get(index);
        for (double distance : DISTANCES) {
            for (int turn = 0; turn < ANGLES; turn++) {
                // Right first, then left, then by quarters: readers look to the right of a mark.
                double angle = Math.PI * 2 * Integer.reverse(turn << 28) / ANGLES;
                Placed candidate = candidate(index, request, distance, angle);
                if (isFree(candidate)) {
                    placed.add(candidate);
                    return;
                }
            }
        }
    }

    private static Placed candidate(int index, Request request, double distance, double angle) {
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        double reach = request.radius() + distance;
        // The side of the box that faces the point lies at the reach.
        double left = request.x() + dx * reach - request.width() * (1 - dx) / 2;
        double top = request.y() + dy * reach - request.height() * (1 - dy) / 2;
        Rectangle2D box = new Rectangle2D.Double(left, top, request.width(), request.height());
        if (distance <= NEAR) {
            return new Placed(index, box, Optional.empty());
        }
        double toX = clamp(request.x(), box.getMinX(), box.getMaxX());
        double toY = clamp(request.y(), box.getMinY(), box.getMaxY());
        double away = Math.hypot(toX - request.x(), toY - request.y());
        double start = away > request.radius() ? request.radius() / away : 1;
        Line2D leader = new Line2D.Double(
                request.x() + (toX - request.x()) * start, request.y() + (toY - request.y()) * start, toX, toY);
        return new Placed(index, box, Optional.of(leader));
    }

    private boolean isFree(Placed candidate) {
        Rectangle2D box = candidate.box();
        if (!bounds.contains(box)) {
            return false;
        }
        Rectangle2D airy = new Rectangle2D.Double(
                box.getX() - AIR, box.getY() - AIR, box.getWidth() + 2 * AIR, box.getHeight() + 2 * AIR);
        for (int i = 0; i < requests.size(); i++) {
            Request other = requests.get(i);
            Rectangle2D mark = new Rectangle2D.Double(
                    other.x() - other.radius(), other.y() - other.radius(), 2 * other.radius(), 2 * other.radius());
            boolean leaderHits = i != candidate.request()
                    && candidate.leader().filter(line -> line.intersects(mark)).isPresent();
            if ((airy.intersects(mark) && i != candidate.request()) || box.intersects(mark) || leaderHits) {
                return false;
            }
        }
        for (Placed other : placed) {
            boolean leaderHits = candidate
                    .leader()
                    .filter(line -> line.intersects(other.box()))
                    .isPresent();
            boolean hitsLeader =
                    other.leader().filter(line -> line.intersects(airy)).isPresent();
            if (airy.intersects(other.box()) || leaderHits || hitsLeader) {
                return false;
            }
        }
        return true;
    }

    private static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
