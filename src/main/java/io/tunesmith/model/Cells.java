package io.tunesmith.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How one text cell is read: as missing, as a number, as a date. Pure. */
public final class Cells {
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE, DateTimeFormatter.ofPattern("yyyy/M/d"), DateTimeFormatter.ofPattern("d.M.yyyy"),
            DateTimeFormatter.ofPattern("M/d/yyyy"), DateTimeFormatter.BASIC_ISO_DATE);

    private Cells() {}

    /** As the profile and the split read it. */
    public static boolean missing(String cell) {
        return io.tunesmith.data.Cells.missing(cell);
    }

    /** The number in the cell, with or without thousands commas; true and false are 1 and 0; anything else, infinity too, is NaN. */
    public static double number(String cell) {
        return io.tunesmith.data.Cells.number(cell).orElseGet(() -> switch (cell.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> Double.NaN;
        });
    }

    /**
     * The moment in the cell: ISO date or date and time (blank or T between, fraction and offset allowed, offsets brought to UTC),
     * {@code yyyy/M/d}, {@code d.M.yyyy} or {@code M/d/yyyy}; empty if it is none of these.
     */
    public static Optional<LocalDateTime> date(String cell) {
        String text = cell.strip();
        if (text.length() < 8 || text.length() > 40) {
            return Optional.empty();
        }
        if (text.length() > 10 && text.charAt(4) == '-' && (text.charAt(10) == ' ' || text.charAt(10) == 'T')) {
            return moment(text.substring(0, 10) + "T" + text.substring(11));
        }
        for (DateTimeFormatter form : DATES) {
            try {
                return Optional.of(LocalDate.parse(text, form).atStartOfDay());
            } catch (DateTimeException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDateTime> moment(String iso) {
        try {
            boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
            return Optional.of(offset ? OffsetDateTime.parse(widened(iso)).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime() : LocalDateTime.parse(iso));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** DuckDB and PostgreSQL write an offset of whole hours as {@code +00}. */
    private static String widened(String iso) {
        return iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso;
    }
}
