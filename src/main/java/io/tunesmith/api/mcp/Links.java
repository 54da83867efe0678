package io.tunesmith.api.mcp;

import io.tunesmith.core.RunId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where what a run has is: as resources of this door, and in the REST interface. */
@Singleton
final class Links {
    static final String SCHEME = "tunesmith://";
    private final String base;

    /** @param base the service's address, without a slash at its end */
    Links(@ConfigProperty(name = "tunesmith.url", defaultValue = "http://127.0.0.1:7070") String base) {
        this.base = base;
    }

    Told.Urls of(RunId id, boolean ended) {
        List<String> resources = new ArrayList<>(List.of(resource(id, ""), resource(id, "/plan"), resource(id, "/trials.csv"), resource(id, "/log")));
        if (ended) {
            resources.add(resource(id, "/report"));
        }
        String run = base + "/api/v1/runs/" + id;
        return new Told.Urls(run, run + "/events", run + "/artifacts", resources);
    }

    static String resource(RunId id, String rest) {
        return SCHEME + "runs/" + id + rest;
    }

    String artifact(RunId id, String name) {
        return base + "/api/v1/runs/" + id + "/artifacts/" + name;
    }
}
