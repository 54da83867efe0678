package io.tunesmith.architecture;

import com.tngtech.archunit.core.domain.JavaCall;
import java.util.Map;
import java.util.Set;

/** Calls that take time or chance from the machine instead of from what was handed in. */
final class ThinAir {
    private static final Map<String, Set<String>> CALLS = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"), "java.lang.Math", Set.of("random"), "java.lang.Thread", Set.of("sleep"), "java.util.UUID", Set.of("randomUUID"),
            "java.util.concurrent.ThreadLocalRandom", Set.of("current"), "java.util.Random", Set.of("<init>"), "java.util.SplittableRandom", Set.of("<init>"));

    private ThinAir() {}

    static boolean is(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getTarget().getName();
        boolean now = owner.startsWith("java.time.") && name.equals("now");
        boolean withoutArguments = call.getTarget().getRawParameterTypes().isEmpty();
        boolean seeds = name.equals("<init>");
        return now && withoutArguments || CALLS.getOrDefault(owner, Set.of()).contains(name) && (!seeds || withoutArguments);
    }
}
