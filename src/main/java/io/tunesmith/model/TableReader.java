package io.tunesmith.model;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads CSV (UTF-8, header, quotes, optional byte-order mark) and Parquet files whole. A file that is not such a table is a
 * {@link Failure.BadRequest} with {@link FailureCode#DATA_UNREADABLE}.
 */
public final class TableReader {
    private static final String DELIMITERS = ",;\t|";
    private static final int INTERNED = 512;

    private TableReader() {}

    /** Reads by the file's form: {@code parquet} or {@code csv}; any other word is read off the name's ending. */
    public static Table read(Path file, String format) {
        boolean parquet = format.equalsIgnoreCase("parquet") || (format.isEmpty() && file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet"));
        return parquet ? ParquetTable.read(file) : csv(file, Optional.empty());
    }

    /** @param delimiter absent: the one of comma, semicolon, tab and bar that cuts the first lines into the most equal fields */
    public static Table csv(Path file, Optional<Character> delimiter) {
        try {
            char separator = delimiter.isPresent() ? delimiter.get() : sniff(file);
            try (Reader reader = strict(file)) {
                return read(reader, separator);
            }
        } catch (CharacterCodingException e) {
            throw unreadable("the file is not UTF-8 text", "save it as UTF-8, or as Parquet");
        } catch (CsvParseException e) {
            throw unreadable("the file is not CSV: " + e.getMessage(), "check quotes and delimiters");
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? unreadable("the file is not UTF-8 text", "save it as UTF-8, or as Parquet") : e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader strict(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
    }

    private static Table read(Reader reader, char separator) throws IOException {
        List<String> names = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        int rows = 0;
        try (CsvReader<CsvRecord> records = CsvReader.builder().fieldSeparator(separator).skipEmptyLines(true).allowExtraFields(true)
                .allowMissingFields(true).ofCsvRecord(reader)) {
            for (CsvRecord record : records) {
                if (names.isEmpty()) {
                    header(record, names, columns);
                } else {
                    row(record, columns);
                    rows++;
                }
            }
        }
        if (names.isEmpty()) {
            throw unreadable("the file is empty", "give a file with a header line and rows");
        }
        return new Table(names, columns.stream().map(Column::done).toList(), rows);
    }

    private static void header(CsvRecord record, List<String> names, List<Column> columns) {
        for (int i = 0; i < record.getFieldCount(); i++) {
            String name = record.getField(i).strip();
            names.add(i == 0 && name.startsWith("\uFEFF") ? name.substring(1) : name);
            columns.add(new Column());
        }
    }

    private static void row(CsvRecord record, List<Column> columns) {
        if (record.getFieldCount() != columns.size()) {
            throw unreadable("line " + record.getStartingLineNumber() + " has " + record.getFieldCount() + " fields, the header has " + columns.size(),
                    "every line needs the same number of fields; quote fields that contain the delimiter");
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(record.getField(i));
        }
    }

    private static char sniff(Path file) throws IOException {
        List<String> head = new ArrayList<>();
        try (BufferedReader reader = (BufferedReader) strict(file)) {
            for (String line = reader.readLine(); line != null && head.size() < 20; line = reader.readLine()) {
                head.add(line);
            }
        }
        char best = ',';
        int most = 0;
        for (char candidate : DELIMITERS.toCharArray()) {
            int score = agreement(head, candidate);
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    /** Fields a line beyond the first, times the number of lines that agree with the header; quoted stretches do not count. */
    private static int agreement(List<String> lines, char delimiter) {
        int[] counts = lines.stream().mapToInt(line -> occurrences(line, delimiter)).toArray();
        if (counts.length == 0 || counts[0] == 0) {
            return 0;
        }
        return counts[0] * (int) Arrays.stream(counts).filter(count -> count == counts[0]).count();
    }

    private static int occurrences(String line, char delimiter) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            quoted ^= line.charAt(i) == '"';
            count += !quoted && line.charAt(i) == delimiter ? 1 : 0;
        }
        return count;
    }

    static FailureException unreadable(String message, String hint) {
        return Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", message).hint(hint).asException();
    }

    /** Grows one column; the first few hundred distinct cells are kept once. */
    private static final class Column {
        private String[] cells = new String[256];
        private int size;
        private final Map<String, String> seen = new HashMap<>();

        void add(String cell) {
            if (size == cells.length) {
                cells = Arrays.copyOf(cells, size * 2);
            }
            String known = seen.get(cell);
            if (known == null && seen.size() < INTERNED) {
                seen.put(cell, cell);
            }
            cells[size++] = known == null ? cell : known;
        }

        String[] done() {
            return Arrays.copyOf(cells, size);
        }
    }
}
