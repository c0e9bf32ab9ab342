package dev.plumbline.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.AtomicFile;
import dev.plumbline.report.CaptionedFigure;
import dev.plumbline.report.FigureFiles;
import dev.plumbline.report.HtmlReport;
import dev.plumbline.report.ReportPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where a study's report is written. */
record ReportFolder(Path folder) {

    private static final int DPI = 200;

    void write(String pageFile, ReportPage page, List<CaptionedFigure> figures, Map<String, Object> numbers) {
        FigureFiles.write(figures, folder, DPI);
        HtmlReport.write(page, folder.resolve(pageFile));
        byte[] json = new ObjectMapper()
                .valueToTree(numbers)
                .toPrettyString()
                .concat("\n")
                .getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(pageFile.replace(".html", ".json")), out -> out.write(json));
    }
}
