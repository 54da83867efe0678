package io.tunesmith.run;

import java.util.List;

/** @param files that lie in the run's artifacts folder */
public record Reported(List<String> files) {
    public Reported {
        files = List.copyOf(files);
    }
}
