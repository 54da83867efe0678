package io.tunesmith.api.rest;

import io.tunesmith.run.Scope;
import java.util.List;
import java.util.Set;

/** Which scope a call needs, by its method and normalised path: the one rule of every door. What a caller may see behind it is decided where runs and data are. */
final class Needs {
    private static final List<String> ADMIN = List.of("/api/v1/keys", "/api/v1/backends", "/api/v1/backup", "/api/v1/shutdown");
    private static final String AGENTS = "/api/v1/agents";
    private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS");

    private Needs() {}

    static Scope of(String method, String path) {
        if (below(path, AGENTS)) {
            return Scope.AGENT;
        }
        if (ADMIN.stream().anyMatch(root -> below(path, root))) {
            return Scope.ADMIN;
        }
        // Which of its tools change something is known behind the door only.
        return LOOKS.contains(method) || below(path, "/mcp") ? Scope.READ : Scope.RUN;
    }

    /** Whether no key is asked for: health, attempts (they bring a token of their own), and where keys of a provider are to be had. */
    static boolean nothing(String path) {
        return below(path, "/q/health") || path.startsWith("/api/v1/attempts/") || below(path, "/.well-known/oauth-protected-resource");
    }

    private static boolean below(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
