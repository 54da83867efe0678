package io.tunesmith.data;

import java.util.Locale;

/** What a column holds, as its values show. */
public enum ColumnType {
    NUMERIC,
    /** Few distinct texts or whole numbers that read as labels. */
    CATEGORICAL,
    /** Two values that read as yes and no. */
    BOOLEAN,
    /** Dates or times in a form that is recognised in nearly all cells. */
    DATE,
    /** Long or many distinct texts. */
    TEXT,
    /** A different value in (nearly) every row that carries no order: a key. */
    ID,
    /** One value, or none, in all rows. */
    CONSTANT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
