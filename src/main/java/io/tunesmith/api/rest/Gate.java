package io.tunesmith.api.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tunesmith.api.Access;
import io.tunesmith.api.openai.OpenAiError;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Stands before every path of every door: the Host and Origin must be ours, by exact match (a page of another site, or a name that was bent
 * to this address, gets no further); a POST brings JSON, a form or nothing (an attempt's files are bytes); and a key is asked for, except for health and for
 * attempts, which bring a token of their own. A key opens what its scope says.
 */
@Singleton
public final class Gate {
    private static final String BEARER = "Bearer ";
    private static final String AGENTS = "/api/v1/agents";
    private static final Pattern FILES = Pattern.compile("/api/v1/attempts/[^/]+/(files/.+|log)");
    private final ApiKeys keys;
    private final Hosts hosts;
    private final Activity activity;

    public Gate(ApiKeys keys, Hosts hosts, Activity activity) {
        this.keys = keys;
        this.hosts = hosts;
        this.activity = activity;
    }

    void stand(@Observes Filters filters) {
        filters.register(this::pass, 1000);
    }

    /** What no door knows still gets an answer of ours. */
    void last(@Observes Router router) {
        router.get("/openapi.json").handler(context -> context.reroute("/q/openapi?format=json"));
        router.route().order(Integer.MAX_VALUE).handler(context -> refuse(context, Failure.BadRequest.of(FailureCode.NOT_FOUND, "path", "there is nothing at this path")));
    }

    private void pass(RoutingContext context) {
        boolean probe = context.normalizedPath().startsWith("/q/health");
        if (!probe) {
            activity.begin();
            context.addEndHandler(_ -> activity.end());
        }
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        objection(context).ifPresentOrElse(failure -> refuse(context, failure), context::next);
    }

    private Optional<Failure.BadRequest> objection(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.authority() == null || !hosts.own(request.authority().host())) {
            return Optional.of(Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "Host", "this service does not answer for this host name")
                    .hint("name it in --allow-host, or use localhost"));
        }
        List<String> origins = request.headers().getAll("Origin");
        if (origins.size() > 1 || origins.stream().anyMatch(origin -> !hosts.ownOrigin(origin))) {
            return Optional.of(Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "Origin", "pages of another site may not call this service"));
        }
        return key(context.normalizedPath(), request).or(() -> body(context.normalizedPath(), request));
    }

    private Optional<Failure.BadRequest> key(String path, HttpServerRequest request) {
        boolean open = !keys.required();
        if (open) {
            Access.enter(Caller.OPERATOR);
        }
        if (open || path.equals("/q/health") || path.startsWith("/q/health/") || path.startsWith("/api/v1/attempts/")) {
            return Optional.empty();
        }
        String authorization = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        Optional<Caller> caller = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? keys.caller(authorization.substring(BEARER.length()).strip()) : Optional.empty();
        if (caller.isEmpty()) {
            return Optional.of(Failure.BadRequest.of(FailureCode.INVALID_API_KEY, "Authorization", authorization.isEmpty() ? "this call needs a key" : "this key is not known here")
                    .allowed("Authorization: Bearer tsk_…").hint("the key is in service.json of the service's data folder"));
        }
        Access.enter(caller.get());
        boolean agents = path.equals(AGENTS) || path.startsWith(AGENTS + "/");
        return caller.get().scope() != Scope.AGENT || agents ? Optional.empty() : Optional.of(Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "Authorization",
                "this key is for agents and opens no other call").hint("use a key of scope run"));
    }

    private static Optional<Failure.BadRequest> body(String path, HttpServerRequest request) {
        boolean writes = request.method().equals(HttpMethod.POST) || request.method().equals(HttpMethod.PATCH) || request.method().equals(HttpMethod.PUT);
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("").split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        boolean bytes = type.equals("application/octet-stream") && FILES.matcher(path).matches();
        if (!writes || bytes || bare(request) || type.equals("application/json") || type.equals("multipart/form-data")) {
            return Optional.empty();
        }
        return Optional.of(Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "Content-Type", type.isEmpty() ? "the content type is missing" : "\"" + type + "\" is not taken")
                .allowed("application/json, multipart/form-data"));
    }

    /** Some calls bring nothing, and then say no type. */
    private static boolean bare(HttpServerRequest request) {
        String length = Optional.ofNullable(request.getHeader("Content-Length")).orElse("0");
        return request.getHeader("Content-Type") == null && request.getHeader("Transfer-Encoding") == null && length.equals("0") && request.method().equals(HttpMethod.POST);
    }

    private static void refuse(RoutingContext context, Failure.BadRequest failure) {
        Problem problem = Problem.of(failure);
        int status = problem.errors().getFirst().field().filter("Content-Type"::equals).isPresent() ? 415
                : failure.code() == FailureCode.REF_NOT_ALLOWED ? 403 : problem.status();
        Problem answer = new Problem(problem.type(), Problem.title(status), status, problem.detail(), problem.code(), problem.errors());
        if (status == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        boolean openAi = OpenAiError.speaks(context.normalizedPath());
        context.response().setStatusCode(status).putHeader("Content-Type", openAi ? "application/json" : Problem.MEDIA_TYPE).end(openAi ? OpenAiError.of(answer).body() : WireJson.write(answer));
    }
}
