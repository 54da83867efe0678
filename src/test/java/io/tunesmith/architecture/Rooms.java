package io.tunesmith.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The table of {@code src/site/architecture.md}, section 2, read as code. A package belongs to the room of its longest known prefix, so
 * {@code search.bayes} is part of {@code search}, and {@code data.duckdb} is a room of its own.
 *
 * @param base the package that holds the rooms
 */
record Rooms(String base) {
    /** Rooms that only know the rules of the trade: plain Java, built with {@code new}. */
    static final Set<String> DOMAIN = Set.of("core", "contract", "space", "curve", "search", "data", "task", "budget", "advise", "plan", "study", "dispatch", "judge", "report", "run", "talk", "batch", "llm");
    /** Rooms that touch the world behind a port. */
    static final Set<String> ADAPTERS = Set.of("postgres", "data.duckdb", "data.fetch", "dispatch.local", "dispatch.agent", "dispatch.ray", "dispatch.slurm", "dispatch.kubernetes",
            "search.llm", "task.llm", "plan.llm", "judge.llm", "llm.langchain4j", "llm.ollama", "llm.replay");
    static final Set<String> DOORS = Set.of("api", "cli", "bench", "agent", "app");
    private static final Map<String, List<String>> TABLE = table();

    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new TreeMap<>();
        Stream.of("core", "space", "curve", "budget", "contract", "data").forEach(room -> table.put(room, List.of()));
        table.put("advise", List.of("curve"));
        table.put("search", List.of("space", "curve"));
        table.put("task", List.of("data"));
        table.put("plan", List.of("task", "space", "budget", "advise"));
        table.put("study", List.of("search", "budget"));
        table.put("dispatch", List.of("contract", "budget"));
        table.put("model", List.of("contract", "data"));
        table.put("trainer", List.of("contract", "model"));
        table.put("judge", List.of("study"));
        table.put("report", List.of("judge", "plan", "model"));
        table.put("llm", List.of("budget"));
        table.put("run", List.of("report", "dispatch", "judge", "plan", "study", "model", "llm"));
        table.put("talk", List.of("run"));
        table.put("batch", List.of("run"));
        table.put("api", List.of("run", "talk", "batch"));
        // Its no-op objective runs inside the trainer's process.
        table.put("bench", List.of("run", "trainer"));
        table.put("cli", List.of());
        table.put("postgres", List.of("run", "talk", "batch", "dispatch.agent"));
        table.put("agent", List.of("dispatch.local", "dispatch", "contract"));
        table.put("data.fetch", List.of("data"));
        // It serves PROFILE and SPLIT inside the trainer's process.
        table.put("data.duckdb", List.of("data", "trainer"));
        Stream.of("local", "agent", "ray", "slurm", "kubernetes").forEach(engine -> table.put("dispatch." + engine, List.of("dispatch")));
        Stream.of("search", "task", "plan", "judge").forEach(room -> table.put(room + ".llm", List.of(room, "llm")));
        Stream.of("langchain4j", "ollama", "replay").forEach(client -> table.put("llm." + client, List.of("llm")));
        return table;
    }

    /** The room of a class under the base; empty for the base itself, for unknown rooms and for classes elsewhere. */
    Optional<String> of(JavaClass type) {
        return inside(type).flatMap(path -> Stream.concat(TABLE.keySet().stream(), Stream.of("app")).filter(room -> path.equals(room) || path.startsWith(room + ".")).max(Comparator.comparingInt(String::length)));
    }

    /** The package below the base, for example {@code search.bayes}; empty outside the base and in the base itself. */
    Optional<String> inside(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(base + ".") ? Optional.of(name.substring(base.length() + 1)) : Optional.empty();
    }

    boolean in(JavaClass type, Set<String> rooms) {
        return of(type).filter(rooms::contains).isPresent();
    }

    /** Whether code of one room may use code of another: the table, followed as far as it goes. */
    boolean maySee(String from, String to) {
        return from.equals("app") || from.equals(to) || seen(from).contains(to);
    }

    private static Set<String> seen(String room) {
        Set<String> seen = new LinkedHashSet<>(Set.of("core"));
        Deque<String> next = new ArrayDeque<>(TABLE.getOrDefault(room, List.of()));
        while (!next.isEmpty()) {
            String visible = next.pop();
            if (seen.add(visible)) {
                next.addAll(TABLE.get(visible));
            }
        }
        return seen;
    }
}
