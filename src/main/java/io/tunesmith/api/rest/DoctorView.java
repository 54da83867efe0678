package io.tunesmith.api.rest;

import java.util.List;
import java.util.Optional;

/**
 * What this installation can do.
 *
 * @param ok whether every needed check passed
 */
public record DoctorView(boolean ok, String version, List<Check> checks) {
    public DoctorView {
        checks = List.copyOf(checks);
    }

    /**
     * @param level ok, warning or failed
     * @param detail what was found
     * @param hint what to do where it is not ok
     */
    public record Check(String name, String level, String detail, Optional<String> hint) {}
}
