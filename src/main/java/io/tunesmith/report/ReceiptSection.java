package io.tunesmith.report;

import io.tunesmith.judge.Receipt;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why the winner may be believed, in facts that can be checked. */
final class ReceiptSection {
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ReceiptSection() {}

    static Section of(StudyReport report) {
        Receipt receipt = report.receipt();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.paragraph("The sealed part holds " + Formats.count(receipt.testRows(), "row") + ". It was opened " + TIME.format(receipt.opening().at())
                + ", after the list below was fixed. " + opening(receipt.opening().number())));
        blocks.add(new Block.Rows(Table.of("Frozen before the opening", "Role", "SHA-256 of its manifest").rows(receipt.opening().frozen(), frozen -> List.of(Text.of(frozen.role()), Text.ofCode(frozen.sha256())))));
        blocks.add(new Block.Rows(facts(report)));
        blocks.add(new Block.Paragraph(Text.of("The same, for programs: ").code("receipt.json").plain(".")));
        return new Section("receipt", "The receipt", blocks);
    }

    private static String opening(int number) {
        return number == 1 ? "This was opening number 1 of this test." : "This was opening number " + number + " of this test: " + Formats.count(number - 1, "earlier run") + " saw a score on the same rows, so the score is that much less of a surprise.";
    }

    private static Table facts(StudyReport report) {
        Receipt receipt = report.receipt();
        String seeds = receipt.choice().seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
        List<String[]> rows = List.of(
                new String[] {"Data (SHA-256)", report.dataSha256()}, new String[] {"Split rule", receipt.opening().rule()}, new String[] {"Run", receipt.run()},
                new String[] {"Seed of the search", String.valueOf(report.seed())}, new String[] {"Fresh seeds", seeds}, new String[] {"Tunesmith", report.version()});
        return Table.of("What it rests on", "What", "Value").rows(rows, row -> List.of(Text.of(row[0]), Text.ofCode(row[1])));
    }
}
