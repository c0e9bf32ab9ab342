package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.Histogram;
import dev.plumbline.report.figure.Palette;
import java.awt.geom.Rectangle2D;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

record HistogramDrawing(Histogram figure) implements Drawing {

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return 320;
    }

    @Override
    public void paint(Canvas canvas) {
        List<Double> edges = figure.edges();
        List<Histogram.Sample> samples = figure.samples();
        double low = edges.get(0);
        double high = edges.get(edges.size() - 1);
        for (Guide guide : figure.guides()) {
            low = Math.min(low, guide.at());
            high = Math.max(high, guide.at());
        }
        int most = samples.stream()
                .mapToInt(sample -> Collections.max(figure.counts(sample)))
                .max()
                .orElseThrow();
        Axis y = new Axis(figure.countLabel(), 0, most * 1.08, Ticks.whole(0, most * 1.08, 5));
        Frame frame = new Frame(
                width(), height(), figure.title(), legend(), Axis.padded(figure.xLabel(), low, high, 0.03), y, 0);
        frame.paint(canvas);
        for (int s = 0; s < samples.size(); s++) {
            List<Integer> counts = figure.counts(samples.get(s));
            for (int i = 0; i < counts.size(); i++) {
                double left = frame.x(edges.get(i));
                double top = frame.y(counts.get(i));
                if (counts.get(i) > 0) {
                    canvas.fill(
                            new Rectangle2D.Double(
                                    left + 0.5, top, frame.x(edges.get(i + 1)) - left - 1, frame.y(0) - top),
                            Palette.bar(s),
                            samples.size() == 1 ? 1 : 0.65);
                }
            }
        }
        Guides.paintVertical(canvas, frame, figure.guides());
    }

    private Legend legend() {
        List<Histogram.Sample> samples = figure.samples();
        return samples.size() == 1
                ? Legend.NONE
                : new Legend(IntStream.range(0, samples.size())
                        .mapToObj(i -> new Legend.Entry(samples.get(i).name(), Palette.bar(i)))
                        .toList());
    }
}
