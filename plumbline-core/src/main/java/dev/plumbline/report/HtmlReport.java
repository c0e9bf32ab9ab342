package dev.plumbline.report;

import static dev.plumbline.report.figure.Markup.escape;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a {@link ReportPage} as one HTML file with everything inside it.
 *
 * <p>Plotly travels in the page, compressed, and the page's own policy forbids every connection and every script but
 * the page's: a name that slipped through the escaping could still not run. Where scripts are off or too old, still
 * pictures stand in for the figures.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /** The whole page; about 3 MB, most of it Plotly. */
    public static String html(ReportPage page) {
        String script = PageParts.script();
        StringBuilder html = new StringBuilder(4_000_000);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + PageParts.policy(script) + "\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<title>" + escape(page.title()) + "</title>\n")
                .append("<style>\n" + PageParts.style() + "</style>\n</head>\n<body>\n")
                .append("<header>\n<p class=\"maker\">Plumbline report</p>\n")
                .append("<h1>" + escape(page.title()) + "</h1>\n")
                .append("<p class=\"lead\">" + escape(page.lead()) + "</p>\n");
        facts(html, "headline", page.headline());
        html.append("</header>\n<main>\n");
        new BlockWriter(html).writeAll(page.blocks());
        html.append("</main>\n<footer>\n<h2>How this was made</h2>\n");
        facts(html, "provenance", page.provenance());
        html.append("</footer>\n<script type=\"text/plain\" id=\"plotly\">")
                .append(PageParts.plotly())
                .append("</script>\n<script>" + script + "</script>\n</body>\n</html>\n");
        return html.toString();
    }

    /** Writes {@link #html} to {@code file}, which is replaced whole or not at all. */
    public static void write(ReportPage page, Path file) {
        AtomicFile.write(file, html(page).getBytes(StandardCharsets.UTF_8));
    }

    private static void facts(StringBuilder html, String style, List<Fact> facts) {
        html.append("<dl class=\"" + style + "\">\n");
        for (Fact fact : facts) {
            html.append("<div><dt>" + escape(fact.name()) + "</dt><dd>" + escape(fact.value()) + "</dd></div>\n");
        }
        html.append("</dl>\n");
    }
}
