package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.dispatch.Leadership;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Workers and agents are answered by the service that leads; another one tells them where it is. */
@Singleton
public class LeaderOnly {
    public static final String HEADER = "Tunesmith-Leader";
    private final Provider<Leadership> leadership;

    /** @param leadership asked for at the first request: filters are made before the configuration is there */
    public LeaderOnly(Provider<Leadership> leadership) {
        this.leadership = leadership;
    }

    @ServerRequestFilter
    public Optional<Response> filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        boolean leaders = path.startsWith("/api/v1/attempts/") || path.equals("/api/v1/agents") || path.startsWith("/api/v1/agents/");
        if (!leaders || leadership.get().leads()) {
            return Optional.empty();
        }
        Optional<String> leader = leadership.get().leader();
        Problem problem = Problem.of(new Failure.Transient(FailureCode.NOT_LEADER, leader.map(url -> "the service at " + url + " leads: ask it").orElse("no service leads now: ask again soon"), Duration.ofSeconds(1)));
        Response.ResponseBuilder answer = Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).header("Retry-After", 1);
        leader.ifPresent(url -> answer.header(HEADER, url));
        return Optional.of(answer.build());
    }
}
