package io.tunesmith.api.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tunesmith.api.Access;
import io.tunesmith.api.ErrorAnswer;
import io.tunesmith.api.ErrorForm;
import io.tunesmith.api.Exchange;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Stands before every path of every door: the Host and Origin must be ours, by exact match (a page of another site, or a name that was bent
 * to this address, gets no further); a path means the same to all who read it; a key is asked for, or a provider's token, which opens what its scope says
 * and as often as its limit says; and a POST brings JSON, a form or nothing (an attempt's files are bytes), not too much of it.
 */
@Singleton
public final class Gate {
    private static final Logger LOG = Logger.getLogger(Gate.class);
    private static final String BEARER = "Bearer ";
    private static final String RESOURCE = "/.well-known/oauth-protected-resource";
    private final ApiKeys keys;
    private final People people;
    private final FirstLook look;
    private final Activity activity;
    private final BodyLimit limit;
    private final BodyRules bodies;
    private final Ids ids;
    private final RequestRate rate = new RequestRate(System::nanoTime);

    public Gate(ApiKeys keys, People people, Hosts hosts, Activity activity, BodyLimit limit, Ids ids) {
        this.keys = keys;
        this.people = people;
        this.look = new FirstLook(hosts);
        this.activity = activity;
        this.limit = limit;
        this.bodies = new BodyRules(limit);
        this.ids = ids;
    }

    void stand(@Observes Filters filters) {
        filters.register(this::pass, 1000);
    }

    /** What no door knows, and what broke before or behind one, still gets an answer of ours. */
    void last(@Observes Router router) {
        router.get("/openapi.json").handler(context -> context.reroute("/q/openapi?format=json"));
        router.route().order(Integer.MAX_VALUE - 1).handler(context -> refuse(context, Failure.BadRequest.of(FailureCode.NOT_FOUND, "path", "there is nothing at this path")))
                .failureHandler(this::broken);
    }

    private void pass(RoutingContext context) {
        Exchange exchange = exchange(context);
        exchange.enter();
        limit.enter();
        Optional<Failure.BadRequest> unframed = FirstLook.frame(context.request());
        if (unframed.isPresent()) {
            LastWord.say(context, said(exchange, Problem.of(unframed.get()), unframed.map(Failure.class::cast)));
            return;
        }
        LastWord.ifItsBodyBreaks(context, () -> said(exchange, Problem.of(FirstLook.brokenBody()), Optional.empty()));
        context.response().putHeader(Exchange.HEADER, exchange.id());
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        try {
            String path = context.normalizedPath();
            if (!path.startsWith("/q/health")) {
                activity.begin();
                context.addEndHandler(_ -> activity.end());
            }
            look.at(context.request());
            identify(context, path);
        } catch (FailureException e) {
            refuse(context, e.failure());
        } catch (IllegalArgumentException e) {
            refuse(context, FirstLook.unreadable());
        }
    }

    private Exchange exchange(RoutingContext context) {
        return new Exchange(ids.next("req_"), FirstLook.form(context));
    }

    private void identify(RoutingContext context, String path) {
        if (!keys.required()) {
            Access.enter(Caller.OPERATOR, () -> true);
            enter(context, path, Optional.empty());
            return;
        }
        if (Needs.nothing(path)) {
            enter(context, path, Optional.empty());
            return;
        }
        String bearer = bearer(context.request());
        Optional<ApiKeys.Opened> opened = keys.open(bearer);
        if (opened.isPresent() || people.issuer().isEmpty() || bearer.chars().filter(c -> c == '.').count() != 2) {
            enter(context, path, Optional.of(opened.orElseThrow(() -> unknown(why(bearer)).asException())));
            return;
        }
        ask(context, path, bearer);
    }

    private static String bearer(HttpServerRequest request) {
        List<String> given = request.headers().getAll("Authorization");
        String one = given.size() == 1 ? given.getFirst() : "";
        return one.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? one.substring(BEARER.length()).strip() : "";
    }

    private String why(String bearer) {
        String absent = bearer.isEmpty() ? "this call needs a key" : "this key is not known here, or was revoked";
        return keys.ended(bearer).map(until -> "this key has expired: it opened until " + until).orElse(absent);
    }

    private static Failure.BadRequest unknown(String what) {
        return Failure.BadRequest.of(FailureCode.INVALID_API_KEY, "Authorization", what).allowed("Authorization: Bearer tsk_…").hint("make one: tunesmith key create; the operator's is in service.json of the data folder");
    }

    /** On a thread of its own, since the provider may have to be asked; the request rests meanwhile. */
    private void ask(RoutingContext context, String path, String bearer) {
        Context own = Vertx.currentContext();
        context.request().pause();
        Thread.ofVirtual().start(() -> {
            Supplier<ApiKeys.Opened> opened = answered(bearer);
            own.runOnContext(_ -> {
                context.request().resume();
                guarded(context, () -> enter(context, path, Optional.of(opened.get())));
            });
        });
    }

    private Supplier<ApiKeys.Opened> answered(String bearer) {
        try {
            return switch (people.ask(bearer)) {
                case People.Answer.Known known -> known::opened;
                case People.Answer.Refused refused -> () -> {
                    throw unknown(refused.why()).asException();
                };
                case People.Answer.Later later -> () -> {
                    throw new Failure.Transient(FailureCode.SERVER_UNREACHABLE, "the identity provider cannot be asked now", later.after()).asException();
                };
            };
        } catch (RuntimeException e) {
            LOG.error("a provider's token could not be checked", e);
            return () -> {
                throw unknown("this token cannot be checked").asException();
            };
        }
    }

    private void guarded(RoutingContext context, Runnable step) {
        try {
            step.run();
        } catch (FailureException e) {
            refuse(context, e.failure());
        }
    }

    private void enter(RoutingContext context, String path, Optional<ApiKeys.Opened> opened) {
        opened.ifPresent(one -> {
            Access.enter(one.caller(), () -> keys.stands(one));
            one.allowance().requestsPerMinute().ifPresent(limit -> turn(context.response(), rate.take(one.id(), limit)));
            scope(one.caller(), Needs.of(context.request().method().name(), path));
        });
        bodies.check(path, context.request());
        context.next();
    }

    private static void scope(Caller caller, Scope needed) {
        boolean passes = needed == Scope.AGENT ? caller.scope() == Scope.AGENT || caller.scope() == Scope.ADMIN : true;
        if (!passes) {
            throw Failure.BadRequest.of(FailureCode.FORBIDDEN, "Authorization", "this key may not do that: its scope is " + caller.scope().wire()).allowed("agent, admin")
                    .hint("make one: tunesmith key create --scope agent").asException();
        }
        if (needed != Scope.AGENT) {
            caller.needs(needed);
        }
    }

    private static void turn(HttpServerResponse response, RequestRate.Turn turn) {
        response.putHeader("x-ratelimit-limit-requests", Integer.toString(turn.limit())).putHeader("x-ratelimit-remaining-requests", Integer.toString(turn.remaining()))
                .putHeader("x-ratelimit-reset-requests", turn.full().toMillis() + "ms");
        if (!turn.passes()) {
            throw new Failure.Transient(FailureCode.RATE_LIMITED, "this key may make " + turn.limit() + " requests a minute", turn.next()).asException();
        }
    }

    private void broken(RoutingContext context) {
        int status = context.statusCode();
        if (status < 400 || status >= 500) {
            String reference = Exchange.current().map(Exchange::id).orElse("a request");
            LOG.errorf(context.failure(), "%s: broke with %d", reference, status);
            refuse(context, new Failure.Defect("a defect of Tunesmith; the service's log has it under " + reference));
            return;
        }
        FailureCode code = status == 413 ? FailureCode.TOO_LARGE : status == 404 ? FailureCode.NOT_FOUND : FailureCode.INVALID_REQUEST;
        answer(context, new Problem("about:blank", Problem.title(status), status, status == 413 ? "the body is too large" : "this request cannot be read", code.wire(), List.of()), Optional.empty());
    }

    private void refuse(RoutingContext context, Failure failure) {
        Problem problem = Problem.of(failure);
        Optional<String> field = problem.errors().stream().findFirst().flatMap(Problem.FieldError::field);
        int status = field.filter("Content-Type"::equals).isPresent() ? 415 : failure.code() == FailureCode.REF_NOT_ALLOWED ? 403 : problem.status();
        answer(context, new Problem(problem.type(), Problem.title(status), status, problem.detail(), problem.code(), problem.errors()), Optional.of(failure));
    }

    private void answer(RoutingContext context, Problem problem, Optional<Failure> failure) {
        HttpServerResponse response = context.response();
        if (LastWord.said(context)) {
            return;
        }
        if (response.headWritten() || response.closed()) {
            context.request().connection().close();
            return;
        }
        // What the framework refuses before it asks the gate has none yet.
        Exchange exchange = Exchange.current().orElseGet(() -> exchange(context));
        ErrorAnswer answer = said(exchange, problem, failure);
        if (context.request().version() == null) {
            LastWord.say(context, answer);
            return;
        }
        answer.headers().forEach(response::putHeader);
        if (answer.status() == 401 && people.issuer().isPresent() && exchange.form() == ErrorForm.JSON_RPC) {
            response.putHeader("WWW-Authenticate", "Bearer resource_metadata=\"" + context.request().scheme() + "://" + context.request().authority() + RESOURCE + "/mcp\"");
        }
        if (answer.status() == 413) {
            response.putHeader("Connection", "close");
        }
        response.setStatusCode(answer.status()).end(answer.body());
    }

    private static ErrorAnswer said(Exchange exchange, Problem problem, Optional<Failure> failure) {
        return ErrorAnswer.of(exchange.form(), problem, failure, Optional.of(exchange.id())).with(Exchange.HEADER, exchange.id());
    }
}
