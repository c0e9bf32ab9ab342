package dev.plumbline.report;

import java.util.List;

/**
 * A report, apart from how it is written.
 *
 * @param lead what the page shows and why, in a sentence or two
 * @param headline the few numbers to see first
 * @param provenance how the numbers were made, for the foot of the page
 */
public record ReportPage(String title, String lead, List<Fact> headline, List<Block> blocks, List<Fact> provenance) {

    public ReportPage {
        headline = List.copyOf(headline);
        blocks = List.copyOf(blocks);
        provenance = List.copyOf(provenance);
    }
}
