package dev.plumbline.report.draw;

import dev.plumbline.report.figure.ColourScale;
import dev.plumbline.report.figure.PersonaPoint;
import dev.plumbline.report.figure.Scatter2d;
import java.awt.geom.Rectangle2D;
import java.util.List;

record Scatter2dDrawing(Scatter2d figure) implements Drawing {

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return 500;
    }

    @Override
    public void paint(Canvas canvas) {
        Frame frame = new Frame(
                width(),
                height(),
                figure.title(),
                Legend.NONE,
                PersonaCloud.axis(figure.xLabel(), figure.points(), 0),
                PersonaCloud.axis(figure.yLabel(), figure.points(), 1),
                ColourBar.ROOM + 16);
        frame.paint(canvas);
        Rectangle2D plot = frame.plot();
        List<PersonaCloud.Spot> spots = figure.points().stream()
                .map(point -> new PersonaCloud.Spot(
                        point,
                        frame.x(point.coordinates().get(0)),
                        frame.y(point.coordinates().get(1)),
                        PersonaMark.radius(point.group())))
                .toList();
        double low = PersonaCloud.low(spots);
        double high = PersonaCloud.high(spots);
        for (PersonaCloud.Spot spot : spots) {
            PersonaPoint persona = spot.persona();
            PersonaMark.paint(
                    canvas,
                    persona.group(),
                    spot.x(),
                    spot.y(),
                    spot.radius(),
                    ColourScale.PERSONA.of(persona.projection(), low, high));
        }
        PersonaCloud.paintNames(canvas, spots, plot);
        if (low < high) {
            new ColourBar(ColourScale.PERSONA, low, high, figure.projectionLabel())
                    .paint(canvas, plot.getMaxX() + 16, plot.getMinY(), plot.getHeight());
        }
    }
}
