package io.tunesmith.app.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A table whose rows are copied. Not those that say who leads and which migrations were made: these belong to the database, not to the data. */
record Table(String name, List<String> columns) {
    private static final String COLUMNS = """
            select table_name, column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where table_schema = current_schema() and table_type = 'BASE TABLE' and is_generated = 'NEVER' and table_name not in ('leader', 'flyway_schema_history')
            order by table_name, ordinal_position""";
    private static final String REFERENCES = """
            select child.relname, parent.relname from pg_constraint c join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
            where c.contype = 'f' and child.oid <> parent.oid and c.connamespace = current_schema()::regnamespace""";

    Table {
        columns = List.copyOf(columns);
    }

    /** All tables, each after those that it refers to. */
    static List<Table> all(Connection connection) throws SQLException {
        Map<String, List<String>> columns = pairs(connection, COLUMNS);
        Map<String, List<String>> references = pairs(connection, REFERENCES);
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < columns.size()) {
            int before = ordered.size();
            columns.keySet().stream().filter(table -> ordered.containsAll(references.getOrDefault(table, List.of()))).forEach(ordered::add);
            if (ordered.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle");
            }
        }
        return ordered.stream().map(name -> new Table(name, columns.get(name))).toList();
    }

    /** @param direction {@code to stdout} or {@code from stdin} */
    String copy(String direction) {
        return "copy " + quoted(name) + " (" + columns.stream().map(Table::quoted).collect(Collectors.joining(", ")) + ") " + direction;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static Map<String, List<String>> pairs(Connection connection, String sql) throws SQLException {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                pairs.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>()).add(rows.getString(2));
            }
        }
        return pairs;
    }
}
