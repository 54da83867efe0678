package io.tunesmith.search.blend;

import io.tunesmith.search.Stopper;
import io.tunesmith.search.stop.MedianStopper;
import io.tunesmith.search.stop.NoStopper;
import java.util.List;

/** The pruners by name, with their documented default options. */
public final class Stoppers {
    private static final List<Stopper> ALL = List.of(new NoStopper(), new MedianStopper());

    private Stoppers() {}

    public static List<String> names() {
        return ALL.stream().map(Stopper::name).toList();
    }

    /**
     * @throws io.tunesmith.core.FailureException with a {@link io.tunesmith.core.Failure.BadRequest} on field {@code pruner} if there is
     *     none of this name
     */
    public static Stopper named(String name) {
        return ALL.stream().filter(stopper -> stopper.name().equals(name)).findFirst()
                .orElseThrow(() -> new KnownNames("pruner", names()).refusal(name));
    }
}
