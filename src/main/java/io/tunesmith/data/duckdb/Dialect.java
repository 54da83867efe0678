package io.tunesmith.data.duckdb;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a CSV file is cut into cells: the one of comma, semicolon, tab and | that cuts the first lines into the most even rows; quotes are
 * double quotes, doubled inside.
 */
record Dialect(char delimiter) {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int HEAD = 1 << 16;
    private static final int RECORDS = 200;

    static Dialect sniff(Path file) throws IOException {
        String head = head(file);
        char best = CANDIDATES[0];
        double highest = 0;
        for (char candidate : CANDIDATES) {
            double score = evenness(head, candidate);
            if (score > highest) {
                highest = score;
                best = candidate;
            }
        }
        return new Dialect(best);
    }

    String name() {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }

    static CsvReader.CsvReaderBuilder reader(char delimiter) {
        return CsvReader.builder().fieldSeparator(delimiter).skipEmptyLines(true).extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE).detectBomHeader(false);
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            int lastLine = text.lastIndexOf('\n');
            return text.length() < HEAD / 4 || lastLine < 0 ? text : text.substring(0, lastLine + 1);
        }
    }

    /** Share of the lines that have as many fields as the header, plus a little for more fields; far less if the header has one field. */
    private static double evenness(String head, char delimiter) {
        List<Integer> counts = fieldCounts(head, delimiter);
        if (counts.isEmpty()) {
            return 0;
        }
        int header = counts.getFirst();
        long most = counts.stream().mapToInt(Integer::intValue).max().orElse(1);
        double agreeing = counts.stream().filter(count -> count == header).count() / (double) counts.size();
        return header > 1 ? 1 + agreeing + Math.min(header, 1000) / 10_000.0 : most > 1 ? most / 10_000.0 : 0;
    }

    private static List<Integer> fieldCounts(String head, char delimiter) {
        List<Integer> counts = new ArrayList<>();
        try (CsvReader<CsvRecord> records = reader(delimiter).ofCsvRecord(head)) {
            for (CsvRecord record : records) {
                counts.add(record.getFieldCount());
                if (counts.size() == RECORDS) {
                    break;
                }
            }
        } catch (CsvParseException | IOException e) {
            return List.of();
        }
        return counts;
    }
}
