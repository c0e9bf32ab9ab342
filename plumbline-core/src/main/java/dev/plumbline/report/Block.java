package dev.plumbline.report;

import java.util.List;

/** A part of a {@link ReportPage}, read from top to bottom. */
public sealed interface Block {

    /** A heading over the blocks up to the next one. */
    record Heading(String text) implements Block {}

    /** A paragraph. */
    record Prose(String text) implements Block {}

    /** A figure under its title and over its caption. */
    record Plot(CaptionedFigure figure) implements Block {}

    /**
     * A table.
     *
     * @param folded whether it opens only when asked, as long lists of numbers should
     */
    record Table(String title, List<Column> columns, List<List<String>> rows, boolean folded) implements Block {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("Table \"" + title + "\" has a row of " + row.size()
                            + " cells; expected " + columns.size());
                }
            }
        }
    }

    /** A column of a table. */
    record Column(String name, Align align) {
        public static Column text(String name) {
            return new Column(name, Align.START);
        }

        public static Column number(String name) {
            return new Column(name, Align.END);
        }
    }

    /** The side that the cells of a column keep to. */
    enum Align {
        START,
        END
    }

    /** Blocks beside each other where the page is wide enough. */
    record Beside(List<Block> blocks) implements Block {
        public Beside {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * The same blocks for several layers, one of which is shown at a time.
     *
     * @param shown the layer that the page opens with; one of {@code layers}
     */
    record LayerChoice(List<Layer> layers, int shown) implements Block {
        public LayerChoice {
            layers = List.copyOf(layers);
            int wanted = shown;
            if (layers.stream().noneMatch(layer -> layer.layer() == wanted)) {
                throw new IllegalArgumentException("Layer " + shown + " is to be shown first, but the choice is among "
                        + layers.stream().map(Layer::layer).toList());
            }
        }
    }

    /** What a page shows of one layer. */
    record Layer(int layer, List<Block> blocks) {
        public Layer {
            blocks = List.copyOf(blocks);
        }
    }
}
