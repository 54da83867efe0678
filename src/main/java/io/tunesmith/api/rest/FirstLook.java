package io.tunesmith.api.rest;

import io.tunesmith.api.ErrorForm;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must hold of a request before it is asked who sends it: it means the same to all who read it, and it was sent to this service, by no page of another site. */
record FirstLook(Hosts hosts) {
    /** What one reader takes for a part of a name and another for the end of one. */
    private static final Pattern TWO_FACED = Pattern.compile("[;\\\\]|%(3b|00)", Pattern.CASE_INSENSITIVE);

    /** Why nothing that comes on this line can be told apart: after that, nothing that follows may be taken for a request. */
    static Optional<Failure.BadRequest> frame(HttpServerRequest request) {
        if (request.version() == null) {
            return Optional.of(Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "HTTP", "this version of HTTP is not spoken here").allowed("HTTP/1.1, HTTP/1.0"));
        }
        List<String> encodings = request.headers().getAll("Transfer-Encoding");
        boolean plain = encodings.isEmpty() || encodings.size() == 1 && encodings.getFirst().strip().equalsIgnoreCase("chunked");
        return plain ? Optional.empty() : Optional.of(Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "Transfer-Encoding", "where this body ends can be read in more than one way").allowed("chunked, once"));
    }

    /** The body came in parts, and one of them is not framed as HTTP frames it. */
    static Failure.BadRequest brokenBody() {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", "the parts of the body are not framed as HTTP/1.1 says").allowed("each with its length in hexadecimal digits, the last of length 0");
    }

    /** Of the door that the path leads to, or seems to. */
    static ErrorForm form(RoutingContext context) {
        String path = Optional.ofNullable(context.request().path()).orElse("").replaceAll("/+", "/");
        ErrorForm form = ErrorForm.of(path);
        try {
            return form == ErrorForm.PROBLEM ? ErrorForm.of(context.normalizedPath()) : form;
        } catch (IllegalArgumentException e) {
            return form;
        }
    }

    static Failure.BadRequest unreadable() {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "path", "this path can be read in more than one way").allowed("a URI without ; \\ %3b %00").hint("send names as they are listed, percent-encoded");
    }

    void at(HttpServerRequest request) {
        URI target = target(request);
        if (request.authority() == null || !hosts.own(request.authority().host()) || request.headers().getAll("Host").size() > 1 || target.getHost() != null && !hosts.own(target.getHost())) {
            throw Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "Host", "this service does not answer for this host name").hint("name it in --allow-host, or use localhost").asException();
        }
        List<String> origins = request.headers().getAll("Origin");
        if (origins.size() > 1 || origins.stream().anyMatch(origin -> !hosts.ownOrigin(origin))) {
            throw Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "Origin", "pages of another site may not call this service").asException();
        }
        if (request.path() == null || !request.path().startsWith("/") || TWO_FACED.matcher(request.path()).find()) {
            throw unreadable().asException();
        }
    }

    /** A proxy is asked with a whole URI, whose host then counts and not the header's (RFC 9112, 3.2.2); a path that begins with two slashes names no host. */
    private static URI target(HttpServerRequest request) {
        try {
            return new URI(request.uri().replaceFirst("^/+", "/"));
        } catch (URISyntaxException e) {
            throw unreadable().asException();
        }
    }
}
