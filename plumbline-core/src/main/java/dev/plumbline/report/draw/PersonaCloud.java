package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Palette;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Names the points of a scatter: the default first, then those far from the middle of the axis, as room allows. */
final class PersonaCloud {

    private PersonaCloud() {}

    /** A persona at its place in pixels. */
    record Spot(PersonaPoint persona, double x, double y, double radius) {}

    static void paintNames(Canvas canvas, List<Spot> spots, Rectangle2D bounds) {
        double middle = (low(spots) + high(spots)) / 2;
        List<LabelPlacer.Request> requests = new ArrayList<>();
        for (Spot spot : spots) {
            PersonaGroup group = spot.persona().group();
            TextStyle style = PersonaMark.style(group);
            double rank = group == PersonaGroup.DEFAULT
                    ? Double.POSITIVE_INFINITY
                    : Math.abs(spot.persona().projection() - middle);
            requests.add(new LabelPlacer.Request(
                    spot.x(),
                    spot.y(),
                    spot.radius(),
                    style.width(PersonaMark.label(spot.persona().name())),
                    style.size(),
                    rank));
        }
        for (LabelPlacer.Placed name : LabelPlacer.place(requests, bounds)) {
            PersonaPoint persona = spots.get(name.request()).persona();
            TextStyle style = PersonaMark.style(persona.group());
            name.leader().ifPresent(leader -> canvas.stroke(leader, Pen.solid(Palette.RULE, 0.7)));
            Rectangle2D box = name.box();
            canvas.text(Label.start(
                    PersonaMark.label(persona.name()), box.getX(), style.centredOn(box.getCenterY()), style));
        }
    }

    static double low(List<Spot> spots) {
        return spots.stream()
                .mapToDouble(spot -> spot.persona().projection())
                .min()
                .orElseThrow();
    }

    static double high(List<Spot> spots) {
        return spots.stream()
                .mapToDouble(spot -> spot.persona().projection())
                .max()
                .orElseThrow();
    }
}
