package io.tunesmith.data.duckdb;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A CSV file in UTF-8: header, quotes, optional byte-order mark; blank lines do not count. */
record CsvTable(Path file, Dialect dialect, boolean marked, Header header, long rows) implements Table {
    private static final int BUFFER = 1 << 16;

    static CsvTable read(Path file) throws IOException {
        byte[] head = FileCheck.head(file);
        FileCheck.text(head);
        Dialect dialect = Dialect.sniff(file);
        Pass pass = new Pass();
        scan(file, dialect, pass);
        return new CsvTable(file.toRealPath(), dialect, FileCheck.marked(head), pass.header(), pass.rows);
    }

    /** Checks each record against the header on the way. */
    private static final class Pass implements RecordVisitor {
        private Optional<Header> header = Optional.empty();
        private int width;
        private long rows;

        @Override
        public void record(CsvRecord record, List<String> cells) {
            if (header.isEmpty() && width == 0) {
                width = cells.size();
                header = width > 1 ? Optional.of(Header.of(cells)) : Optional.empty();
            } else if (cells.size() != width) {
                throw Refusal.ragged(record.getStartingLineNumber(), cells.size(), width).asException();
            } else {
                rows++;
            }
        }

        Header header() {
            return header.orElseGet(() -> {
                throw width == 0 ? Refusal.unreadable("the file has blank lines only").allowed("a header line with column names, then rows").hint("check how it was exported").asException()
                        : Refusal.oneColumn("…").asException();
            });
        }
    }

    @FunctionalInterface
    private interface RecordVisitor {
        void record(CsvRecord record, List<String> cells) throws IOException;
    }

    private static void scan(Path file, Dialect dialect, RecordVisitor visitor) throws IOException {
        try (Reader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()), BUFFER)) {
            reader.mark(1);
            if (reader.read() != '\uFEFF') {
                reader.reset();
            }
            try (CsvReader<CsvRecord> records = Dialect.reader(dialect.delimiter()).ofCsvRecord(reader)) {
                for (CsvRecord record : records) {
                    visitor.record(record, record.getFields());
                }
            }
        } catch (CharacterCodingException e) {
            throw FileCheck.notUtf8(file).asException();
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? FileCheck.notUtf8(file).asException() : e;
        } catch (CsvParseException e) {
            throw damaged(file, e);
        }
    }

    private static RuntimeException damaged(Path file, CsvParseException e) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return FileCheck.notUtf8(file).asException();
            }
        }
        return Refusal.unreadable("the file is not CSV: " + Refusal.shortened(String.valueOf(e.getMessage()))).allowed("fields of at most 16 MB, quotes closed")
                .hint("look for a quote that is not closed").asException();
    }

    @Override
    public List<String> names() {
        return header.names();
    }

    @Override
    public List<String> notes() {
        return header.notes();
    }

    @Override
    public String encoding() {
        return marked ? "UTF-8 with byte-order mark" : "UTF-8";
    }

    @Override
    public Optional<String> delimiter() {
        return Optional.of(dialect.name());
    }

    @Override
    public String relation() {
        String columns = IntStream.range(0, names().size()).mapToObj(i -> "'c" + i + "': 'VARCHAR'").collect(Collectors.joining(", ", "{", "}"));
        return "SELECT * FROM read_csv(?, auto_detect=false, header=true, columns=" + columns + ", delim='" + dialect.delimiter()
                + "', quote='\"', escape='\"', strict_mode=false, encoding='utf-8', max_line_size=16777216)";
    }

    @Override
    public void forEach(RowVisitor visitor) throws IOException {
        int[] next = {-1};
        scan(file, dialect, (record, cells) -> {
            if (next[0] >= 0) {
                visitor.row(next[0], cells);
            }
            next[0]++;
        });
    }
}
