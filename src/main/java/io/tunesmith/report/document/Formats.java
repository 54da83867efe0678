package io.tunesmith.report.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people, the same in every place and every locale. All of them take not-a-number and infinity and write them as words. */
public final class Formats {
    /** Between a number and its unit, so that no line breaks there. */
    private static final String GAP = "\u00A0";
    private static final MathContext FOUR = new MathContext(4, RoundingMode.HALF_UP);

    private Formats() {}

    /** A score or another measured value: four significant digits, zeros kept so that columns line up. */
    public static String score(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(FOUR);
        double size = Math.abs(rounded.doubleValue());
        if (size < 1e-4 || size >= 1e9) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int decimals = Math.max(0, 4 - (rounded.precision() - rounded.scale()));
        return String.format(Locale.ROOT, "%,." + Math.min(decimals, 4) + "f", value);
    }

    /** A difference of scores with its sign. */
    public static String difference(double value) {
        return (value > 0 ? "+" : "") + score(value).replace('-', '−');
    }

    /** A number as short as four significant digits allow: axis labels, hyperparameters. */
    public static String shortly(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(FOUR).stripTrailingZeros();
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return mantissa(rounded) + "e" + (rounded.precision() - rounded.scale() - 1);
        }
        return grouped(rounded);
    }

    /** A hyperparameter or another plain value. */
    public static String value(Object value) {
        return value instanceof Double number ? shortly(number) : String.valueOf(value);
    }

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A count for narrow places: {@code 950}, {@code 7.0k}, {@code 12k}, {@code 3.4M}. */
    public static String compact(long value) {
        if (value < 1000) {
            return Long.toString(value);
        }
        double thousands = value / 1000.0;
        if (thousands < 999.5) {
            return String.format(Locale.ROOT, thousands < 9.95 ? "%.1fk" : "%.0fk", thousands);
        }
        return String.format(Locale.ROOT, thousands < 9950 ? "%.1fM" : "%,.0fM", thousands / 1000);
    }

    /** {@code 1 row}, {@code 2 rows}. */
    public static String count(long value, String noun) {
        return count(value) + " " + (value == 1 ? noun : noun + "s");
    }

    /** A share in [0, 1] as a percentage; what is not nothing never reads as 0 %. */
    public static String percent(double share) {
        if (!Double.isFinite(share)) {
            return notFinite(share);
        }
        if (share > 0 && share < 0.001) {
            return "<0.1" + GAP + "%";
        }
        double hundred = share * 100;
        boolean whole = Math.abs(hundred - Math.rint(hundred)) < 0.05 || hundred >= 99.95;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", hundred) + GAP + "%";
    }

    /** A duration: {@code 0.42 s}, {@code 8.1 s}, {@code 95 s}, {@code 5 min 3 s}, {@code 2 h 5 min}. */
    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return notFinite(seconds);
        }
        if (seconds == 0) {
            return "0" + GAP + "s";
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, seconds < 0.995 ? "%.2f" : "%.1f", seconds) + GAP + "s";
        }
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + GAP + "s";
        }
        if (whole < 7200) {
            return whole / 60 + GAP + "min" + (whole % 60 == 0 ? "" : GAP + whole % 60 + GAP + "s");
        }
        long minutes = Math.round(seconds / 60);
        return count(minutes / 60) + GAP + "h" + (minutes % 60 == 0 ? "" : GAP + minutes % 60 + GAP + "min");
    }

    /** A latency given in milliseconds, in the unit that reads best. */
    public static String milliseconds(double value) {
        if (value < 1) {
            return shortly(round(value * 1000, 3)) + GAP + "µs";
        }
        return value < 1000 ? shortly(round(value, 3)) + GAP + "ms" : seconds(value / 1000);
    }

    /** Bytes in decimal units. */
    public static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit == 0 ? count(bytes) : shortly(round(value, 3))) + GAP + units[unit];
    }

    private static double round(double value, int digits) {
        return Double.isFinite(value) ? new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP)).doubleValue() : value;
    }

    private static String mantissa(BigDecimal value) {
        return new BigDecimal(value.unscaledValue()).movePointLeft(value.precision() - 1).toPlainString();
    }

    private static String grouped(BigDecimal value) {
        int decimals = Math.max(0, value.scale());
        return String.format(Locale.ROOT, Math.abs(value.doubleValue()) < 10_000 ? "%." + decimals + "f" : "%,." + decimals + "f", value);
    }

    private static String notFinite(double value) {
        return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "−infinite";
    }
}
