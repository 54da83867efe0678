package io.tunesmith.report;

import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the data hold and which columns the model reads. */
final class DataSection {
    /** Dropped columns shown at once; all of them are in the table of all columns. */
    private static final int SHOWN = 12;
    private static final int LISTED = 1000;

    private DataSection() {}

    static Section of(StudyReport report) {
        Profile profile = report.profile();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(Text.ofCode(report.dataName()).plain(" holds " + Formats.count(profile.rows(), "row") + " and " + Formats.count(profile.columns().size(), "column") + " ("
                + profile.encoding() + profile.delimiter().map(delimiter -> ", delimiter " + named(delimiter)).orElse("") + "). " + parts(report))));
        if (!profile.findings().isEmpty()) {
            blocks.add(new Block.Bullets(profile.findings().stream().map(Text::of).toList()));
        }
        blocks.add(Block.paragraph(used(report.plan().columns())));
        List<ColumnUse> dropped = report.plan().columns().stream().filter(column -> !column.used()).toList();
        if (!dropped.isEmpty()) {
            blocks.add(new Block.Rows(dropped(dropped)));
        }
        blocks.add(new Block.Fold("All " + Formats.count(report.plan().columns().size(), "column"), List.of(new Block.Rows(all(report)))));
        return new Section("data", "The data", blocks);
    }

    private static String parts(StudyReport report) {
        String dropped = report.droppedRows() == 0 ? "." : "; " + Formats.count(report.droppedRows(), "row") + " without a target value " + (report.droppedRows() == 1 ? "is" : "are") + " left out.";
        return "For training and validation: " + Formats.count(report.trainRows()) + "; sealed for the test: " + Formats.count(report.testRows()) + dropped;
    }

    private static String named(String delimiter) {
        return switch (delimiter) {
            case "," -> "comma";
            case ";" -> "semicolon";
            case "\t" -> "tab";
            case "|" -> "bar";
            default -> "“" + delimiter + "”";
        };
    }

    private static String used(List<ColumnUse> columns) {
        Map<String, Long> treatments = columns.stream().filter(ColumnUse::used).collect(Collectors.groupingBy(ColumnUse::treatment, TreeMap::new, Collectors.counting()));
        long used = treatments.values().stream().mapToLong(n -> n).sum();
        String how = treatments.entrySet().stream().map(entry -> Formats.count(entry.getValue()) + " as " + entry.getKey()).collect(Collectors.joining(", "));
        return "The model reads " + Formats.count(used, "column") + (how.isEmpty() ? "." : ": " + how + ".");
    }

    private static Table dropped(List<ColumnUse> dropped) {
        String first = dropped.size() > SHOWN ? ", the first " + SHOWN : "";
        return Table.of("Columns not used (" + Formats.count(dropped.size()) + first + ")", "Column", "Why").rows(dropped.stream().limit(SHOWN).toList(), column -> List.of(Text.ofCode(column.name()), Text.of(column.why())));
    }

    private static Table all(StudyReport report) {
        List<ColumnUse> columns = report.plan().columns();
        Map<String, ColumnProfile> profiles = report.profile().columns().stream().collect(Collectors.toMap(ColumnProfile::name, column -> column, (a, b) -> a));
        String caption = columns.size() > LISTED ? "The first " + Formats.count(LISTED) + " columns" : "Columns as the data have them";
        return Table.of(caption, "Column", "Use", "Type", "Missing#", "Distinct#", "Range", "Why").rows(columns.stream().limit(LISTED).toList(), column -> {
            Optional<ColumnProfile> profile = Optional.ofNullable(profiles.get(column.name()));
            return List.of(
                    Text.ofCode(column.name()), Text.of(column.treatment()), Text.of(profile.map(p -> p.type().wire()).orElse("—")),
                    Text.of(profile.map(p -> missing(p, report.profile().rows())).orElse("—")), Text.of(profile.map(p -> Formats.count(p.distinct())).orElse("—")),
                    Text.of(profile.flatMap(ColumnProfile::numbers).map(n -> Formats.shortly(n.min()) + " to " + Formats.shortly(n.max())).orElse("—")), Text.of(column.why()));
        });
    }

    private static String missing(ColumnProfile column, long rows) {
        return column.missing() == 0 ? "0" : Formats.count(column.missing()) + (rows == 0 ? "" : " (" + Formats.percent((double) column.missing() / rows) + ")");
    }
}
